import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault } from '../../sync/fault.ts'
import { attachmentContent } from './attachment-content.ts'

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = async (text: string, size = 7): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of attachmentContent(cut(text, size))) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const answer = (content: string): string =>
  JSON.stringify({
    Headers: 'Content: "Content": "bm8="',
    Parent: { Content: 'bm8=', list: ['Content', { Content: 'bm8=' }] },
    Content: content,
    Filename: 'Content',
  })

const broken = (base64: string): string => base64.replace(/(.{76})/g, '$1\n')

describe('attachmentContent', () => {
  it('gives the same bytes, however the answer is cut', async () => {
    const bytes = fc.uint8Array({ maxLength: 600 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 300 }), async (content, size) => {
        const text = answer(broken(Buffer.from(content).toString('base64')))
        expect(await read(text, size)).toEqual(Buffer.from(content))
      }),
    )
  })

  it('takes escaped slashes for what they are', async () => {
    expect(await read('{"Content":"\\/\\/\\/\\/"}')).toEqual(Buffer.from('////', 'base64'))
  })

  it('does not take a nested or quoted Content for the file', async () => {
    await expect(
      read(JSON.stringify({ Parent: { Content: 'bm8=' }, Headers: '"Content":"bm8="' })),
    ).rejects.toThrow(/not complete/)
  })

  it.each([
    ['cut off in the file', answer('YWJj').slice(0, -30)],
    ['cut off after the file', answer('YWJj').slice(0, -2)],
    ['not base64', answer('YW Jj')],
    ['an odd number of characters', answer('YWJjZ')],
    ['going on after its padding', answer('YQ==YWJj')],
    ['empty', ''],
    ['a login page', '<html>'],
  ])('faults on an answer that is %s, and never gives it for the whole file', async (_what, text) => {
    await expect(read(text)).rejects.toSatisfy((thrown) => isFault(thrown) && thrown.kind === 'down')
  })
})
