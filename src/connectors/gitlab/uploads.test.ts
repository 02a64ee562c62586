import { describe, expect, it } from 'vitest'
import { isOnlyUploads, mediaTypeOf, placeOf, storedName, uploadLink, uploadsIn } from './uploads.ts'

const SECRET = '66dbcd21ec5d24ed6ea225176098d52b'
const BASE = 'https://gitlab.example'
const ids = (text: string) => uploadsIn(text, BASE).map(({ id }) => id)

describe('files in a text of GitLab', () => {
  it('are those that a link names, by secret and name', () => {
    expect(uploadsIn(`See ![dk](/uploads/${SECRET}/dk.png){width=20} and`, BASE)).toEqual([
      { id: `${SECRET}/dk.png`, name: 'dk.png' },
    ])
    expect(ids(`[a](/-/project/1234/uploads/${SECRET}/a.txt)`)).toEqual([`1234:${SECRET}/a.txt`])
    expect(ids(`[a](${BASE}/-/project/12/uploads/${SECRET}/a.txt "title")`)).toEqual([`12:${SECRET}/a.txt`])
    expect(ids(`<img src="/uploads/${SECRET}/a.png" alt="a">`)).toEqual([`${SECRET}/a.png`])
  })

  it('are counted once, however often they are named', () => {
    expect(ids(`[a](/uploads/${SECRET}/a.txt) [b](/uploads/${SECRET}/a.txt)`)).toEqual([`${SECRET}/a.txt`])
  })

  it('are none of another host, and none that leave their folder', () => {
    for (const link of [
      `https://evil.example/uploads/${SECRET}/a`,
      `/uploads/${SECRET}/../../x`,
      '/uploads/short/a',
      `/uploads/${SECRET}/`,
    ])
      expect(ids(`[a](${link})`)).toEqual([])
  })

  it('keep the name they were sent with in the words of the link, where GitLab would lose it', () => {
    for (const name of ['Übersicht 2.pdf', 'a "quoted" name; x=1.txt', '100%25 & more.log', 'a [1] b.txt']) {
      const stored = storedName(name)
      expect(stored).toMatch(/^[\p{L}\p{M}\p{N}_.+-]+$/u)
      expect(uploadsIn(uploadLink(name, `/uploads/${SECRET}/${stored}`), BASE)[0]?.name).toBe(name)
    }
  })

  it('do not take a person’s words for a name', () => {
    expect(uploadsIn(`[the log](/uploads/${SECRET}/x.log)`, BASE)[0]?.name).toBe('x.log')
  })

  it('are all there is to some comments, which then are no comments', () => {
    const link = `[a](/uploads/${SECRET}/a.txt)`
    expect(isOnlyUploads(`${link}\n\n${link}`, BASE)).toBe(true)
    expect(isOnlyUploads(`Look: ${link}`, BASE)).toBe(false)
    expect(isOnlyUploads('', BASE)).toBe(false)
  })

  it('are downloaded by ids that are such ids only', () => {
    expect(placeOf(`12:${SECRET}/a.txt`)).toEqual({ project: 12, secret: SECRET, filename: 'a.txt' })
    for (const id of ['../x', `${SECRET}/a/b`, `0:${SECRET}/a`, '', SECRET]) expect(placeOf(id)).toBeNull()
  })

  it('have the media type that their name’s ending says', () => {
    expect(['a.PNG', 'a', 'a.constructor', 'b.log'].map(mediaTypeOf)).toEqual([
      'image/png',
      'application/octet-stream',
      'application/octet-stream',
      'text/plain',
    ])
  })

  it('are looked for in time, also in a text made to take long', () => {
    const startedAt = performance.now()
    for (const text of [
      '['.repeat(200_000),
      `[a](${'/uploads/'.repeat(30_000)}`,
      '<img '.repeat(40_000),
      '![\\'.repeat(60_000),
    ])
      uploadsIn(text, BASE)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
