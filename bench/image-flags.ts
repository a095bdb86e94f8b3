import { readFileSync } from 'node:fs'
import * as v from 'valibot'

const dockerfile = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8')
const [, entryPoint = 'null'] = /^ENTRYPOINT (\[.*"\/server\.mjs"\])$/m.exec(dockerfile) ?? []

/** The options that the image gives Node, so that what is measured is what is deployed. */
export const imageFlags: readonly string[] = v
  .parse(v.array(v.string()), JSON.parse(entryPoint))
  .slice(1, -1)
