import { describe, expect, it } from 'vitest'
import { codecs } from '../../src/sync/rich-text/index.ts'
import { CORPUS, documentsOf, FORMATS } from './corpus.ts'

describe('the corpus', () => {
  it('holds at least 300 documents, at least 40 in each format', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(300)
    for (const format of FORMATS) expect(documentsOf(format).length).toBeGreaterThanOrEqual(40)
  })

  it('holds no document twice, and none without words', () => {
    expect(new Set(CORPUS.map(({ format, text }) => `${format} ${text}`)).size).toBe(CORPUS.length)
    expect(new Set(CORPUS.map(({ from, name }) => `${from} ${name}`)).size).toBe(CORPUS.length)
    expect(CORPUS.filter(({ text }) => text.trim() === '')).toEqual([])
  })

  it('settles: what was read and written once is written the same ever after', () => {
    const restless = CORPUS.flatMap(({ name, format, text }) => {
      const tree = codecs[format].read(text)
      return FORMATS.filter((to) => {
        const norm = codecs[to].write(tree)
        return codecs[to].write(codecs[to].read(norm)) !== norm
      }).map((to) => `${name}: ${to}`)
    })
    expect(restless).toEqual([])
  })
})
