// The second half of make audit: the licence of every package of which something is shipped.
import { bundles } from './bundles.ts'
import { type ShippedPackage, shippedPackages } from './licences.ts'
import { readMetafile, root } from './metafile.ts'

/** Ask for no more than to be named with their notice, which each bundle carries. */
const allowed = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSL-1.0', 'ISC', 'MIT']

const shipped = new Map<string, ShippedPackage>()
for (const bundle of bundles) {
  const metafile = await readMetafile(bundle)
  for (const one of shippedPackages(root, Object.keys(metafile.inputs)))
    shipped.set(`${one.name} ${one.version}`, one)
}

const byLicence = Map.groupBy(shipped.values(), ({ license }) => license)
process.stdout.write(`Licences of the ${shipped.size} packages in the bundles:\n`)
for (const [licence, packages] of [...byLicence].sort()) {
  const names = packages.map(({ name, version }) => `${name} ${version}`)
  const isAllowed = licence.split(' AND ').every((one) => allowed.includes(one))
  process.stdout.write(`  ${licence}: ${packages.length}${isAllowed ? '' : ', not allowed'}\n`)
  if (isAllowed) continue
  process.exitCode = 1
  process.stderr.write(
    `${names.join(', ')}: ship it not, or add ${licence} to build/audit.ts with a reason.\n`,
  )
}
