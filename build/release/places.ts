/**
 * How this project's own version is written outside of package.json and its lockfile: in a manifest's
 * label, behind the name of an image (`registry/name` in the documentation), of a package or of an
 * action. Other text may hold the same number for something else, so a bare one is left alone;
 * test/build/release.test.ts finds it.
 */
const place =
  /(app\.kubernetes\.io\/version: ['"]?|\b(?:served-by(?:-probe)?|registry\/name)[:@]v?)(\d+\.\d+\.\d+)(?![\d.-])/g

/** The versions in a text that are meant to be this project's. */
export function versionsIn(text: string): string[] {
  return [...text.matchAll(place)].flatMap(([, , version]) => version ?? [])
}

/** The same text with another version in each of these places. */
export function withVersion(text: string, version: string): string {
  return text.replace(place, (_match, before: string) => before + version)
}
