// Writes dist/page.js, also when it is preloaded (node --import): then a restart shows a changed page.
import { writePage } from './page.ts'

writePage()
