import { render } from 'preact'
import { Page } from './view/page.tsx'

// Relative, so that it works behind a prefix: /prefix/ui asks /prefix/.
const url = new URL('./', location.href)

const place = document.getElementById('page')
if (place) render(<Page url={url} />, place)
