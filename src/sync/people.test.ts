import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Colleague, peopleOf } from './people.ts'
import { readText, sameText, writeText } from './rich-text/index.ts'
import type { RemotePerson } from './snapshot.ts'

const ANNA: Colleague = { id: 'p-anna', name: 'Anna Agent', email: 'anna@desk.example', isArchived: false }
const BEN: Colleague = { id: 'p-ben', name: 'Ben', email: 'ben@desk.example', isArchived: false }
const there = (more: Partial<RemotePerson> & Pick<RemotePerson, 'id'>): RemotePerson => ({
  ...{ name: 'Anna Agent', email: null },
  ...more,
})

describe('who is who', () => {
  it('is told by the e-mail in whatever case, and never by a name', () => {
    const people = peopleOf([there({ id: '7', email: ' Anna@Desk.Example' }), there({ id: '8' })], {}, [ANNA])
    expect([people.emailOf('7', 'colleague'), people.emailOf('8', 'colleague')]).toEqual([ANNA.email, null])
    expect(people.idOf('ANNA@desk.example', 'colleague')).toBe('7')
  })

  it('is told by the mapping before the e-mail, by an id, a login or an e-mail there', () => {
    for (const [line, person] of [
      ['7', there({ id: '7', email: BEN.email })],
      ['OctoCat', there({ id: '7', address: 'login:octocat' })],
      ['a.agent@eng.example', there({ id: '7', email: 'A.Agent@eng.example' })],
    ] as const) {
      const people = peopleOf([person], { [line]: 'Anna@desk.example' }, [ANNA, BEN])
      expect(people.emailOf('7', 'colleague')).toBe(ANNA.email)
      expect(people.idOf(ANNA.email, 'colleague')).toBe('7')
    }
  })

  it('of two accounts with one e-mail is the same person who comes in, and nobody who goes out, until the mapping says which', () => {
    const two = [there({ id: '7', email: ANNA.email }), there({ id: '8', email: ANNA.email })]
    const people = peopleOf([...two, ...two], {}, [ANNA])
    expect(['7', '8'].map((id) => people.emailOf(id, 'colleague'))).toEqual([ANNA.email, ANNA.email])
    expect(people.idOf(ANNA.email, 'colleague')).toBeNull()
    expect(peopleOf(two, { 8: ANNA.email }, [ANNA]).idOf(ANNA.email, 'colleague')).toBe('8')
  })

  it('takes an address that nobody proved for a customer’s at most, since anybody can write from ours', () => {
    const people = peopleOf(
      [there({ id: '7', email: ANNA.email, address: 'login:x', isUnproven: true })],
      {},
      [ANNA],
    )
    expect(people.emailOf('7', 'colleague')).toBeNull()
    expect(people.emailOf('7', 'anyone')).toBe(ANNA.email)
    expect(people.idOf(ANNA.email, 'colleague')).toBeNull()
    expect(people.inTexts.ours('login:x')).toBeNull()
    expect(people.inTexts.theirs(ANNA.id, 'markdown')).toBeNull()
    const mapped = peopleOf(
      [there({ id: '7', email: 'x@eng.example', isUnproven: true })],
      { 'x@eng.example': ANNA.email },
      [ANNA],
    )
    expect(mapped.emailOf('7', 'colleague')).toBeNull()
  })

  it('calls nobody anew who left, and goes on knowing whom older words called', () => {
    const people = peopleOf([there({ id: '7', email: ANNA.email, address: 'login:anna' })], {}, [
      { ...ANNA, isArchived: true },
    ])
    expect(people.inTexts.ours('login:anna')).toMatchObject({ id: ANNA.id })
    expect(people.inTexts.theirs(ANNA.id, 'markdown')).toBeNull()
  })

  it('calls nobody by an address that the format of the text does not know', () => {
    const people = peopleOf([there({ id: '7', email: ANNA.email, address: 'login:anna' })], {}, [ANNA])
    expect(people.inTexts.theirs(ANNA.id, 'html')).toBeNull()
    expect(people.inTexts.theirs(ANNA.id, 'textile')).toEqual({ address: 'login:anna', name: 'Anna Agent' })
  })

  it('is the same both ways, for whomever it knows: what was called there is called there again', () => {
    const person = fc.record({
      id: fc.constantFrom('1', '2', '3', '4'),
      email: fc.constantFrom(ANNA.email, BEN.email, 'Ben@Desk.example', 'carla@customer.example', null),
      isUnproven: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: ({ id }) => id }),
        fc.dictionary(fc.constantFrom('1', '2', 'u3'), fc.constantFrom(ANNA.email, BEN.email)),
        (known, lines) => {
          const people = peopleOf(
            known.map(({ isUnproven, ...one }) => ({
              ...{ ...one, name: 'Same Name', address: `login:u${one.id}` },
              ...(isUnproven ? { isUnproven: true as const } : {}),
            })),
            lines,
            [ANNA, BEN],
          )
          for (const { email } of [ANNA, BEN]) {
            const id = people.idOf(email, 'colleague')
            if (id !== null) expect(people.emailOf(id, 'colleague')).toBe(email)
          }
          for (const { id } of known) {
            const shown = `Ask @u${id}, please`
            const tree = readText(shown, 'markdown', people.inTexts)
            expect(writeText(tree, 'markdown', shown, people.inTexts)).toBe(shown)
            const again = readText(
              writeText(tree, 'markdown', undefined, people.inTexts),
              'markdown',
              people.inTexts,
            )
            const ours = people.inTexts.ours(`login:u${id}`)
            if (ours !== null && people.inTexts.theirs(ours.id, 'markdown') !== null)
              expect(sameText(again, tree)).toBe(true)
          }
        },
      ),
    )
  })
})
