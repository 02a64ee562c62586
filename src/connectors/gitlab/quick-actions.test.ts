import { describe, expect, it } from 'vitest'
import { guarded, unguarded } from './quick-actions.ts'

describe('a text on its way into GitLab', () => {
  it.each([
    ['a command alone', '/close', '\\/close'],
    ['one with words behind it', 'Hello\n/assign @dora\nBye', 'Hello\n\\/assign @dora\nBye'],
    ['one in capitals', '/CLOSE', '\\/CLOSE'],
    ['one before a blank at the end', '/close ', '\\/close '],
    ['several', '/close\n/confidential', '\\/close\n\\/confidential'],
    ['one after another line end', 'a\r\n/close\r/spend 1h', 'a\n\\/close\n\\/spend 1h'],
    ['one with a line in its name', '/remove_due_date', '\\/remove_due_date'],
    ['one that is not known yet', '/shiny-new', '\\/shiny-new'],
  ])('gives GitLab nothing to obey: %s', (_, text, sent) => {
    expect(guarded(text)).toBe(sent)
    expect(
      guarded(text)
        .split('\n')
        .some((line) => /^\/[a-z]/i.test(line)),
    ).toBe(false)
  })

  it('keeps paths, quotes, lists and words with a slash as they are, which GitLab does not obey', () => {
    for (const text of [
      '/usr/bin is full',
      '> /close',
      '- /close',
      'either/or',
      ' /close',
      '//close',
      '/ close',
      '/1',
    ])
      expect(guarded(text)).toBe(text)
  })

  it('is moved by one blank in code, where a backslash would be seen', () => {
    const code = '```\n/close\n/usr/bin\n```\n/close\n~~~~ sh\n/label ~x\n~~~\n~~~~\n/close'
    expect(guarded(code)).toBe(
      '```\n /close\n/usr/bin\n```\n\\/close\n~~~~ sh\n /label ~x\n~~~\n~~~~\n\\/close',
    )
  })

  it('comes back as it was sent', () => {
    for (const text of [
      'Hello\n/close\nBye',
      '```\n/close\n```\n/close',
      '/close',
      '```js\n  /close\n',
      '````\n```\n/close\n```\n````',
    ])
      expect(unguarded(guarded(text))).toBe(text)
  })

  it('takes a person’s own backslash for what it shows', () => {
    expect(unguarded('\\/close')).toBe('/close')
    expect(unguarded('a \\/close')).toBe('a \\/close')
  })
})
