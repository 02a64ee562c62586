import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { belowProject, itemSnapshot, personOf, shownValue, tagsIn, targetOf } from './convert.ts'
import { context, goldenOf } from './golden.ts'
import { fieldOfSentence } from './refusal.ts'

const folder = fileURLToPath(new URL('fixtures', import.meta.url))
const read = (file: string): unknown => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
const names = readdirSync(folder)
  .filter((file) => /^(item|comments|iterations|refusal)-/.test(file) && !file.includes('.golden.'))
  .map((file) => file.replace('.json', ''))

describe('what Microsoft publishes as examples', () => {
  it.each(names)('becomes what stands beside it: %s', (name) => {
    const golden = `${name}.golden.json`
    const made = goldenOf(name, read(`${name}.json`))
    expect(JSON.parse(JSON.stringify(made))).toEqual(read(golden))
  })
})

describe('a value', () => {
  it('of a person is the sign-in name, also in the old form that holds both names in one text', () => {
    expect(personOf('Eve Example <eve@fabrikam.example>')).toEqual({
      id: 'eve@fabrikam.example',
      name: 'Eve Example',
      email: 'eve@fabrikam.example',
    })
    expect(personOf({ id: 'g', displayName: 'Eve', uniqueName: 'CORP\\eve' })).toEqual({
      id: 'CORP\\eve',
      name: 'Eve',
      email: null,
    })
    expect(personOf('')).toBeNull()
  })

  it('of a path is what lies below the project, and nothing for the project itself', () => {
    expect(belowProject('Fabrikam\\Website\\Login')).toBe('Website\\Login')
    expect(belowProject('Fabrikam')).toBeNull()
    expect(belowProject('Fabrikam\\')).toBeNull()
  })

  it('of tags is a sorted list without twins, because their order there means nothing', () => {
    expect(tagsIn('b; a;b ;')).toEqual(['a', 'b'])
    expect(tagsIn('')).toEqual([])
  })

  it('of a date without a time is the day, and any other time stays whole, because its day depends on where one is', () => {
    expect(shownValue('Custom.Day', '2026-02-01T00:00:00Z')).toBe('2026-02-01')
    expect(shownValue('Custom.Day', '2026-01-31T23:00:00Z')).toBe('2026-01-31T23:00:00Z')
  })

  it('that is kept in Markdown is shown as HTML, because a connection has one kind of text', () => {
    const item = {
      id: 1,
      rev: 1,
      fields: { 'System.Title': 't', 'System.WorkItemType': 'Task', 'System.Description': '**bold**' },
      multilineFieldsFormat: { 'System.Description': 'markdown' },
    }
    expect(itemSnapshot(item, [], context, true).fields.description).toContain('<strong>bold</strong>')
  })
})

describe('an id', () => {
  it.each(['0', '-1', '1.5', '2147483648', 'iteration:1', '', '1/../2'])(
    'that is none means nothing: %s',
    (id) => {
      expect(targetOf(id)).toBeNull()
    },
  )
})

describe('a refusal in a sentence', () => {
  const known = [{ referenceName: 'Custom.Area', name: 'Area of use' }]
  it.each([
    ["TF401347: Invalid tree name given for work item -1, field 'System.AreaPath'.", 'component'],
    ["The identity value 'x' for field 'Assigned To' is an unknown identity.", null],
    ['TF51535: Cannot find field Custom.Area.', 'cf:Area of use'],
    ["TF401326: The field 'Area of use' is wrong.", 'cf:Area of use'],
    ['Something else went wrong.', null],
  ])('names the field it is about: %s', (sentence, field) => {
    expect(fieldOfSentence(sentence, known)).toBe(field)
  })
})
