import { describe, expect, it } from 'vitest'
import { connectors } from '../../src/connectors/registry.ts'
import {
  fieldsOf,
  isPrivateAddress,
  keyFrom,
  missing,
  split,
  standardValues,
} from '../../web/parts/settings-form.ts'
import { deConnectorSettings } from '../../web/texts/de-connector-settings.ts'

const schemaOf = (kind: string) => connectors.find(({ id }) => id === kind)?.settings

describe('the settings of a connector', () => {
  it.each(connectors.map(({ id, settings }) => [id, settings] as const))(
    'have German words: %s',
    (_, settings) => {
      const words = fieldsOf(settings).flatMap(({ title, about }) => [
        title,
        ...(about === null ? [] : [about]),
      ])
      expect(words.filter((english) => !Object.hasOwn(deConnectorSettings, english))).toEqual([])
    },
  )

  it('become fields by their types, with the words of the schema', () => {
    const kinds = fieldsOf(schemaOf('redmine')).map(({ name, kind }) => [name, kind])
    expect(kinds).toEqual([
      ['url', 'text'],
      ['apiKey', 'secret'],
      ['projects', 'list'],
      ['markerField', 'text'],
      ['richText', 'choice'],
      ['maxAttachmentMb', 'number'],
      ['callsPerSecond', 'number'],
      ['customFieldIds', 'map'],
    ])
    expect(fieldsOf(schemaOf('redmine'))[4]).toMatchObject({
      options: ['textile', 'markdown'],
      standard: 'textile',
    })
  })

  it('are drawn for every connector there is, each field with a title', () => {
    for (const { id, settings } of connectors)
      for (const field of fieldsOf(settings)) expect([id, field.title.length > 0]).toEqual([id, true])
  })

  it('are sent with secrets apart, and without what was left empty', () => {
    const fields = fieldsOf(schemaOf('redmine'))
    const values = {
      ...standardValues(fields),
      url: 'https://r.example',
      apiKey: 'k',
      projects: ['p'],
      customFieldIds: {},
    }
    expect(split(fields, values)).toEqual({
      settings: {
        ...{ url: 'https://r.example', projects: ['p'], markerField: 'CausewayKey' },
        ...{ richText: 'textile', maxAttachmentMb: 5, callsPerSecond: 5 },
      },
      secrets: { apiKey: 'k' },
    })
  })

  it('ask for what is missing, but not again for a secret that is kept', () => {
    const fields = fieldsOf(schemaOf('redmine'))
    expect(missing(fields, {}, [])).toEqual(['Address', 'API key', 'Projects'])
    expect(missing(fields, { url: 'https://r.example', projects: ['p'] }, ['apiKey'])).toEqual([])
  })
})

it('knows an address in the house, since Causeway calls those only when it was told to', () => {
  for (const inside of [
    'http://localhost:3000',
    'http://10.1.2.3',
    'http://redmine',
    'https://r.local',
    'http://[::1]:80',
    'http://172.20.0.1',
  ])
    expect([inside, isPrivateAddress(inside)]).toEqual([inside, true])
  for (const outside of ['https://redmine.example.com', 'http://172.50.0.1', 'not an address', 7])
    expect([outside, isPrivateAddress(outside)]).toEqual([outside, false])
})

it('makes of a title a key that files can name', () => {
  expect(keyFrom('Unser Redmine 5')).toBe('unser-redmine-5')
  expect(keyFrom('3. Büro — Tickets!')).toBe('buro-tickets')
})
