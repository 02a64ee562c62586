import { describe, expect, it } from 'vitest'
import { readSentences, sentencesIn } from '../../test/support/read-sentences.ts'
import { de } from './de.ts'
import { deSentences } from './de-sentences.ts'
import { en } from './en.ts'
import { sentenceReader } from './read-sentence.ts'

/** What the server says where no screen of ours is at the other end, by file, each with the reason. */
const NOT_ON_SCREENS: readonly (readonly [files: RegExp, because: string])[] = [
  [
    /^connectors\/(demo\/tool\/|redmine\/encode|atlassian\/(encode|values)|request-tracker\/ticket-body)/,
    'a tool’s own words, passed on',
  ],
  [/^api\/hooks\//, 'tools ring there'],
  [/^api\/for-partners\//, 'another installation asks there'],
  [/^api\/(answer|caller)\.ts$/, 'of headers that our own client sets'],
  [
    /^api\/(errors|server|session\/prove|sign-in\/attempts)\.ts$/,
    'told by their code, which has German words',
  ],
  [
    /^api\/(web\/routes|oidc\/routes|events\/routes|sync\/routes|tickets\/input)\.ts$/,
    'of what no screen sends',
  ],
  [
    /^configuration\/|^commands\/apply-configuration|^start\/join-connections/,
    'of a file or the command line',
  ],
]
const isShown = (path: string): boolean => !NOT_ON_SCREENS.some(([files]) => files.test(path))

describe('what the server says', () => {
  const all = readSentences()

  it('is read at all', () => {
    expect(all.length).toBeGreaterThan(200)
    expect(sentencesIn('x.ts', "refuse('invalid', a ? `No ${b}.` : 'None.'); said`It is ${c}`")).toEqual([
      { text: 'No {0}.', path: 'x.ts' },
      { text: 'None.', path: 'x.ts' },
      { text: 'It is {0}', path: 'x.ts' },
    ])
  })

  it('has German words for every sentence that a screen may show', () => {
    const missing = all
      .filter(({ path, text }) => isShown(path) && !Object.hasOwn(deSentences, text))
      .map(({ path, text }) => `${path}: ${text}`)
    expect(missing).toEqual([])
  })

  it('has German words for nothing that it does not say any more', () => {
    const known = new Set(all.map(({ text }) => text))
    expect(Object.keys(deSentences).filter((text) => !known.has(text))).toEqual([])
  })

  it('keeps every gap that German names, and fills it with the reader’s word', () => {
    for (const [english, german] of Object.entries(deSentences))
      for (const [gap] of german.matchAll(/\{\d\}/g))
        expect([english, english.includes(gap)]).toEqual([english, true])
    expect(de.sentence('It is started: move it back to triage first, then accept it.')).toBe(
      `Es ist „${de.words.workItemState.started}“: erst in die Sichtung zurücklegen, dann annehmen.`,
    )
    expect(de.sentence('There is no work item “W-9”.')).toBe('Arbeitspaket „W-9“ gibt es nicht.')
    expect(de.sentence('Engineering declined W-1: not ours: ask them')).toBe(
      'Die Entwicklung hat W-1 abgelehnt: not ours: ask them',
    )
  })

  it('stays in English where it is read in English, and is left alone where nobody knows it', () => {
    expect(en.sentence('It is quite new.')).toBe('It is quite new.')
    expect(de.sentence('It is quite new.')).toBeNull()
    expect(sentenceReader({ 'A (b) {0}': 'C {0}' }, {})('A (b) x')).toBe('C x')
  })
})
