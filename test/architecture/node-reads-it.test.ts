import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

const stripped = (path: string): string | null => {
  try {
    stripTypeScriptTypes(readFileSync(join(root, path), 'utf8'))
    return null
  } catch (error) {
    return `${path}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
  }
}

/** Tests are read by another parser: what only that one takes would keep the program from starting. */
it.each(['src', 'tools', 'bench', 'test'])('node itself reads every file of %s', (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => join(folder, name))
  expect(files.length).toBeGreaterThan(10)
  expect(files.flatMap((path) => stripped(path) ?? [])).toEqual([])
})

it('and notices what it does not read', () => {
  expect(() => stripTypeScriptTypes('for (const of of [1]) console.log(of)')).toThrow()
})
