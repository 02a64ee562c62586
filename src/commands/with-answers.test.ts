import { expect, it } from 'vitest'
import { codecs } from '../sync/rich-text/index.ts'
import { withAnswers } from './with-answers.ts'

it('tells engineering what was asked and answered, below the customer’s own words', () => {
  const said = codecs.markdown.read('It stops.')
  const shown = withAnswers(said, [
    { key: 'region', label: 'Which region?', value: 'North' },
    { key: 'log', label: 'Log', value: 'one\ntwo' },
  ])
  expect(codecs.plain.write(shown)).toContain('Which region?: North')
  const markdown = codecs.markdown.write(shown)
  expect(codecs.markdown.write(codecs.markdown.read(markdown))).toBe(markdown)
  expect(withAnswers(said, [])).toBe(said)
})
