import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'

/** `shell.goTo` → function, `fields.title` → text; with what a function says for a few arguments. */
const flatten = (value: unknown, path = ''): readonly (readonly [string, string, string])[] => {
  if (typeof value === 'string') return [[path, 'text', value]]
  if (typeof value === 'function') return [[path, 'function', String(value('X', 2))]]
  if (value === null) return [[path, 'none', '']]
  return Object.entries(value as object).flatMap(([name, inner]) => flatten(inner, `${path}.${name}`))
}
const shape = (texts: unknown): readonly string[] =>
  flatten(texts)
    // words of our own for a problem are each language's choice
    .filter(([path]) => !path.startsWith('.problems'))
    .map(([path, kind]) => `${path}: ${kind}`)
    .sort()

describe('the catalogues', () => {
  it('say the same things in every language', () => {
    expect(shape(de)).toEqual(shape(en))
    expect(shape(en).length).toBeGreaterThan(200)
  })

  it.each([
    ['English', en],
    ['German', de],
  ])('leave nothing empty in %s', (_name, texts) => {
    const empty = flatten(texts).filter(([, kind, text]) => kind !== 'none' && text.trim() === '')
    expect(empty).toEqual([])
  })

  it('are not the same text twice, except for words that both languages share', () => {
    const german = new Map(flatten(de).map(([path, , text]) => [path, text]))
    const same = flatten(en).filter(([path, kind, text]) => kind === 'text' && german.get(path) === text)
    expect(same.length).toBeLessThan(flatten(en).length / 10)
  })
})
