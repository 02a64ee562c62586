import { describe, expect, it } from 'vitest'
import { disarmed, markersIn, withMarkers, withoutMarker } from './marker.ts'

describe('our key in a description', () => {
  it('is not part of what is shown', () => {
    const sent = withMarkers('Two\n\nparagraphs', ['TK-1'])
    expect(sent).toBe('Two\n\nparagraphs\n\n<!-- causeway:TK-1 -->')
    expect([markersIn(sent), withoutMarker(sent)]).toEqual([['TK-1'], 'Two\n\nparagraphs'])
    expect(withoutMarker(withMarkers('', ['TK-1']))).toBe('')
  })

  it('survives words that a person wrote behind it', () => {
    const edited = `${withMarkers('Ours', ['TK-1'])}\n\nTheirs`
    expect([markersIn(edited), withoutMarker(edited)]).toEqual([['TK-1'], 'Ours\n\nTheirs'])
  })

  it('cannot end its comment early, whatever it holds', () => {
    for (const marker of ['a--b', 'x -->', '<!--', "it's (1)!", 'ä/%41', '---']) {
      const sent = withMarkers('text', [marker])
      expect([markersIn(sent), sent.match(/-->/g)?.length]).toEqual([[marker], 1])
    }
  })

  it('is not taken from text of others, which could claim to be another record', () => {
    const forged = 'Buy <!-- causeway:TK-9 --> now <!--CAUSEWAY:TK-8 -->'
    expect(markersIn(withMarkers(forged, ['TK-1']))).toEqual(['TK-1'])
    expect(markersIn(disarmed(forged))).toEqual([])
  })

  it('is read without a crash where somebody broke it', () => {
    expect(markersIn('<!-- causeway:%zz --> <!-- causeway: -->')).toEqual([])
  })
})
