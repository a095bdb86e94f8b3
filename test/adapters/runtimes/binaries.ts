import { existsSync, readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import * as v from 'valibot'

const programs = ['bun', 'deno', 'workerd'] as const
type Program = (typeof programs)[number]

const manifest = v.object({
  version: v.string(),
  optionalDependencies: v.record(v.string(), v.string()),
})

function readManifest(program: Program) {
  const path = findPackageJSON(program, import.meta.url)
  if (path === undefined) throw new Error(`Run npm ci: there is no package ${program}.`)
  return v.parse(manifest, JSON.parse(readFileSync(path, 'utf8')))
}

/** The folder of a program: it lies in a package of its own for each platform. */
function folderOf(program: Program): string {
  const folders = Object.keys(readManifest(program).optionalDependencies).flatMap((name) => {
    const path = installed(name)
    return path === undefined ? [] : [dirname(path), join(dirname(path), 'bin')]
  })
  const folder = folders.find((path) => existsSync(join(path, program)))
  if (folder === undefined) throw new Error(`npm has no ${program} for this platform.`)
  return folder
}

function installed(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url)
  } catch {
    // It is for another platform.
    return undefined
  }
}

/**
 * A PATH on which the programs of the runtimes come first. The links in node_modules/.bin will not
 * do: that of Bun needs an install script, that of Deno does not pass signals on.
 */
export const path = [
  dirname(process.execPath),
  ...programs.map(folderOf),
  process.env['PATH'],
].join(delimiter)

/** The version of a runtime that npm installed. */
export function versionOf(program: Program): string {
  return readManifest(program).version
}
