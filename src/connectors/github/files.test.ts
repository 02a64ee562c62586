import { describe, expect, it } from 'vitest'
import { fileOf, filesIn } from './files.ts'

const ORIGIN = 'https://github.com'
const UUID = '0bec7adc-52c5-432f-bca7-c9a3186649b4'
const names = (text: string, origin = ORIGIN) =>
  filesIn(text, origin, null).map((each) => [each.name, each.url])

describe('files in a text', () => {
  it.each([
    [`![screen](${ORIGIN}/user-attachments/assets/${UUID})`, `screen ${UUID}`],
    [`![login.png](${ORIGIN}/user-attachments/assets/${UUID})`, 'login.png'],
    [`<img width="9" src="${ORIGIN}/user-attachments/assets/${UUID}" />`, UUID],
    [`[a log](${ORIGIN}/user-attachments/files/7/my%20log.txt)`, 'my log.txt'],
    [`[x](${ORIGIN}/acme/road/files/7/report.pdf).`, 'report.pdf'],
    [`![y](${ORIGIN}/acme/road/assets/7/${UUID})`, `y ${UUID}`],
    ['https://user-images.githubusercontent.com/7/9-ab.png', '9-ab.png'],
  ])('are found in %s', (text, name) => {
    expect(names(text).map(([found]) => found)).toEqual([name])
  })

  it('of an Enterprise Server lie at the server', () => {
    const origin = 'https://github.acme.example'
    const url = `${origin}/storage/user/5/files/${UUID}`
    expect(names(`![z](${url})`, origin)).toEqual([[`z ${UUID}`, url]])
    expect(names(`![z](${ORIGIN}/user-attachments/assets/${UUID})`, origin)).toEqual([])
  })

  it('are no other links, and each counts once', () => {
    expect(
      names(`[a](https://elsewhere.example/user-attachments/assets/${UUID}) ${ORIGIN}/acme/road/issues/7`),
    ).toEqual([])
    const url = `${ORIGIN}/user-attachments/assets/${UUID}`
    expect(names(`${url} and ${url}`)).toEqual([[UUID, url]])
  })

  it('are bounded, however many somebody writes', () => {
    const many = Array.from(
      { length: 1_000 },
      (_, index) => `${ORIGIN}/user-attachments/files/${index}/x.txt`,
    )
    expect(names(many.join('\n'))).toHaveLength(200)
  })
})

describe('the address of a file', () => {
  it('is taken from its id, and only one that GitHub hands out', () => {
    const url = `${ORIGIN}/user-attachments/assets/${UUID}`
    expect(fileOf(`0:${url}`, ORIGIN)).toEqual({ commentId: null, url })
    expect(fileOf(`7:${url}`, ORIGIN)).toEqual({ commentId: '7', url })
    for (const id of [
      url,
      `0:${url} x`,
      '0:https://github.com.evil.example/user-attachments/assets/1',
      `0:${ORIGIN}/user-attachments/assets/../../settings`,
      `0:${ORIGIN}/user-attachments/assets/%2e%2e/x`,
      `0:${ORIGIN}/settings/tokens`,
      '',
    ])
      expect([id, fileOf(id, ORIGIN)]).toEqual([id, null])
  })
})
