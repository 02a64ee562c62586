import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export type Encoding = 'br' | 'gzip'

/** A file of the built web app, by the address it is served at. */
export interface BuiltFile {
  /** `/assets/index-B3x.js` */
  readonly path: string
  /** Without the dot. */
  readonly extension: string
  /** Where it is on this machine. */
  readonly file: string
  /** Copies that the build compressed. */
  readonly compressed: Readonly<Partial<Record<Encoding, string>>>
}

/** Everything in the folder, listed once; hidden files and the compressed copies have no address of their own. */
export const readBuiltFiles = (folder: string): ReadonlyMap<string, BuiltFile> => {
  if (!existsSync(folder)) return new Map()
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const all = new Set(names)
  const copy = (name: string, ending: string): string | undefined =>
    all.has(`${name}${ending}`) ? join(folder, `${name}${ending}`) : undefined
  const files = names
    .filter((name) => !/(^|\/)\.|\.(br|gz)$/.test(name))
    .map((name): BuiltFile => {
      const br = copy(name, '.br')
      const gzip = copy(name, '.gz')
      return {
        path: `/${name}`,
        extension: /\.([^./]+)$/.exec(name)?.[1] ?? '',
        file: join(folder, name),
        compressed: { ...(br === undefined ? {} : { br }), ...(gzip === undefined ? {} : { gzip }) },
      }
    })
  return new Map(files.map((file) => [file.path, file]))
}
