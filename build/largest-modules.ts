import type { Metafile } from 'esbuild'

const shown = 10

/** The modules that take most of a bundle, as lines of kilobytes and paths, largest first. */
export function largestModules({ outputs }: Metafile): string {
  const modules = Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, shown)
  const lines = modules.map(([path, { bytesInOutput }]) => {
    const kilobytes = (bytesInOutput / 1000).toFixed(1).padStart(8)
    return `${kilobytes} kB  ${path.replace(/^node_modules\//, '')}\n`
  })
  return lines.join('')
}
