#!/usr/bin/env node
// What `npx served-by` runs. It must parse on a Node that is far too old for the rest, so that it can
// say so: no syntax younger than Node 18, and imports only when they are needed.
const oldest = 24

const [major] = process.versions.node.split('.')
if (Number(major) < oldest) {
  process.stderr.write(
    `served-by needs Node ${oldest} or newer, and this is ${process.version}: install one from https://nodejs.org/.\n`,
  )
  process.exitCode = 2
} else if (process.argv[2] === 'probe') {
  process.argv.splice(2, 1)
  await import('./probe/main.ts')
} else {
  await import('./adapters/node/main.ts')
}

export {}
