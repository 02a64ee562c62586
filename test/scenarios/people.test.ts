import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addComment } from '../../src/commands/add-comment.ts'
import { changeCommentAudience } from '../../src/commands/change-comment-audience.ts'
import { changePerson } from '../../src/commands/change-person.ts'
import { changeSettings } from '../../src/commands/change-settings.ts'
import { createPerson } from '../../src/commands/create-person.ts'
import { editComment } from '../../src/commands/edit-comment.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Role } from '../../src/domain/words.ts'
import { findPerson } from '../../src/store/organisation.ts'
import { listMentions } from '../../src/store/views/mention-list.ts'
import { codecs, oursIn } from '../../src/sync/rich-text/index.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { escalated } from '../support/escalated.ts'
import { writesAtRest } from '../support/never.ts'
import { buildRoad, type Road } from '../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const person = async (name: string, email: string, roles: readonly Role[]) => {
  const known = await findPerson(road.db, email)
  const made =
    known === null
      ? await road.run(SYSTEM, createPerson, { name, email, roles })
      : await road.run(SYSTEM, changePerson, { person: known.id, set: { name, email, roles } })
  if (!made.ok) throw new Error(made.error.detail)
  return { kind: 'person', id: made.value.id, name } as const
}
/** Nobody here has this address any more. */
const stranger = async (email: string): Promise<void> => {
  const known = await findPerson(road.db, email)
  if (known !== null)
    await road.run(SYSTEM, changePerson, { person: known.id, set: { email: `was-${email}` } })
}
const ada = () => person('Ada of Support', 'ADA@demo.example', ['agent'])
const eve = () => person('Eve Engineer', 'eve@demo.example', ['engineer'])
const inTracker = (defect: string): readonly string[] =>
  road.tracker.item(defect)?.comments.map(({ text }) => text) ?? []
const inDesk = (ticket: string): string =>
  road.desk
    .item(ticket)
    ?.comments.map(({ text }) => text)
    .join('\n') ?? ''
const workItem = () => road.db.selectFrom('work_item').select('id').executeTakeFirstOrThrow()
const calls = () => road.db.selectFrom('mention').select(['person_id', 'by', 'comment_id']).execute()

describe('people across the two sides', () => {
  it('a colleague who is called in the tracker is called here, and only named where nobody is called', async () => {
    road = await buildRoad({ db: test.db, seed: 601 })
    const [anAgent] = [await ada(), await eve(), await stranger('finn@demo.example')]
    const { ticket, defect } = await escalated(road)
    road.tracker.humanComment(defect, 'Can you ask them, @ada? cc @finn @nobody', {
      by: 'u-eve',
      visibility: 'public',
    })
    await road.converge(5)
    const note = await road.db.selectFrom('note').select(['id', 'body', 'author']).executeTakeFirstOrThrow()
    expect(oursIn(note.body)).toEqual([anAgent.id])
    expect(note.author).toMatchObject({ kind: 'person', name: 'Eve Engineer' })
    expect(await calls()).toMatchObject([
      { person_id: anAgent.id, comment_id: note.id, by: { name: 'Eve Engineer' } },
    ])
    expect(inDesk(ticket)).toContain('Can you ask them, @Ada of Support? cc @finn @nobody')
    expect(inTracker(defect)).toEqual(['Can you ask them, @ada? cc @finn @nobody'])
    expect(await writesAtRest(road, 20)).toEqual([])
  })

  it('nobody is called by what they may not read', async () => {
    road = await buildRoad({ db: test.db, seed: 602 })
    await Promise.all([await ada(), await eve()])
    const { defect } = await escalated(road)
    road.tracker.humanComment(defect, 'Not for @ada', { by: 'u-eve', visibility: 'internal' })
    await road.converge(5)
    expect(await calls()).toEqual([])
    expect(await writesAtRest(road, 20)).toEqual([])
  })

  it('a colleague who is called here is called in the tracker by their account there, and stays so when words around it change', async () => {
    road = await buildRoad({ db: test.db, seed: 603 })
    const [anAgent, anEngineer] = [await ada(), await eve(), await stranger('finn@demo.example')]
    const { ticket, defect } = await escalated(road)
    const said = await road.run(anAgent, addComment, {
      record: { kind: 'work item', ref: (await workItem()).id },
      body: codecs.markdown.read('Please look, @Eve Engineer and @finn'),
      audience: 'staff',
      mentions: [anEngineer.id],
    })
    await road.converge(5)
    expect(inTracker(defect)).toEqual([expect.stringContaining('Please look, @eve and @\u2060finn')])
    expect(inDesk(ticket)).toContain('Please look, @Eve Engineer and @finn')
    const comment = said.ok ? said.value.id : ''
    await road.run(anAgent, editComment, {
      comment,
      body: codecs.markdown.read('Please look again, @Eve Engineer and @finn'),
    })
    await road.converge(5)
    expect(inTracker(defect)).toEqual([expect.stringContaining('Please look again, @eve and @\u2060finn')])
    const [copy] = road.tracker.item(defect)?.comments ?? []
    road.tracker.humanEditComment(defect, copy?.id ?? '', (copy?.text ?? '').replace('again', 'once more'))
    await road.converge(5)
    const { body } = await road.db
      .selectFrom('note')
      .select('body')
      .where('id', '=', comment)
      .executeTakeFirstOrThrow()
    expect(codecs.plain.write(body)).toBe('Please look once more, @Eve Engineer and @finn')
    expect(oursIn(body)).toEqual([anEngineer.id])
    expect(await writesAtRest(road, 20)).toEqual([])
  })

  it('who left is given nothing, called nowhere and the author of nothing new; a namesake was never anybody', async () => {
    road = await buildRoad({ db: test.db, seed: 604 })
    const [anEngineer, namesake] = [
      await eve(),
      await person('Finn Fixer', 'other@eng.example', ['engineer']),
    ]
    await stranger('finn@demo.example')
    const { defect } = await escalated(road)
    await road.run(SYSTEM, changePerson, { person: anEngineer.id, set: { archived: true } })
    road.tracker.humanEdit(defect, { owner: 'u-eve' })
    road.tracker.humanComment(defect, 'Mine, says @eve', { by: 'u-eve', visibility: 'public' })
    road.tracker.humanComment(defect, 'And mine', { by: 'u-finn', visibility: 'public' })
    await road.converge(5)
    expect(await road.db.selectFrom('work_item').select('assignee_id').executeTakeFirst()).toEqual({
      assignee_id: null,
    })
    const notes = await road.db.selectFrom('note').select('author').orderBy('at').execute()
    expect(notes.map(({ author }) => author.kind)).toEqual(['connection', 'connection'])
    expect(await calls()).toEqual([])
    road.tracker.humanEdit(defect, { owner: 'u-finn' })
    await road.converge(5)
    const { assignee_id } = await road.db
      .selectFrom('work_item')
      .select('assignee_id')
      .executeTakeFirstOrThrow()
    expect(assignee_id).not.toBe(namesake.id)
  })

  it('the mapping says who somebody is whose address is another there, as author too', async () => {
    road = await buildRoad({
      db: test.db,
      seed: 605,
      trackerMapping: { people: { finn: 'ada@demo.example' } },
    })
    const anAgent = await ada()
    const { defect } = await escalated(road)
    road.tracker.humanComment(defect, 'Under my other name', { by: 'u-finn', visibility: 'public' })
    await road.converge(5)
    const note = await road.db.selectFrom('note').select('author').executeTakeFirstOrThrow()
    expect(note.author).toMatchObject({ kind: 'person', id: anAgent.id })
    expect(await writesAtRest(road, 20)).toEqual([])
  })

  describe('customers', () => {
    const PUBLIC = {
      comments: { public: 'everyone', internal: 'engineering', sendPublic: ['everyone', 'staff'] },
    } as const
    const WORDS = 'Fixed by @ada. ![Eve](https://faces.example/eve.png) See the log.'
    const spoken = async (seed: number) => {
      road = await buildRoad({ db: test.db, seed, trackerMapping: PUBLIC })
      const [anAgent] = [await ada(), await eve()]
      return { anAgent, ...(await escalated(road)) }
    }

    it('read that it is our team, in the organisation’s language, and see no face: who works here is not theirs to know', async () => {
      const { anAgent, ticket, defect } = await spoken(606)
      await road.run(SYSTEM, changeSettings, { language: 'de' })
      road.tracker.humanComment(defect, WORDS, { by: 'u-eve', visibility: 'public' })
      await road.converge(5)
      const [copy] = road.desk.item(ticket)?.comments ?? []
      expect(copy).toMatchObject({ visibility: 'public' })
      expect(await listMentions(road.db, anAgent.id, 'support')).toMatchObject([
        { by: { name: 'Eve Engineer' }, text: expect.stringContaining('Fixed by @Ada of Support') },
      ])
      expect(copy?.text).toContain('Fixed by unser Team.')
      expect(copy?.text).not.toMatch(/ada|<strong>|<img/i)
      expect(inTracker(defect)).toEqual([WORDS])
      road.desk.humanEditComment(ticket, copy?.id ?? '', (copy?.text ?? '').replace('log', 'notes'))
      await road.converge(5)
      const { body } = await road.db.selectFrom('message').select('body').executeTakeFirstOrThrow()
      expect(oursIn(body)).toEqual([anAgent.id])
      expect(inTracker(defect)).toEqual([WORDS.replace('log', 'notes')])
      expect(await writesAtRest(road, 20)).toEqual([])
    })

    it('read names where the organisation says so, of whom is named and of who speaks', async () => {
      const { ticket, defect } = await spoken(607)
      await road.run(SYSTEM, changeSettings, { namesForCustomers: true })
      road.tracker.humanComment(defect, WORDS, { by: 'u-eve', visibility: 'public' })
      await road.converge(5)
      expect(inDesk(ticket)).toContain('Eve Engineer:')
      expect(inDesk(ticket)).toContain('Fixed by @Ada of Support.')
      expect(inDesk(ticket)).not.toContain('<img')
      await road.run(SYSTEM, changeSettings, { namesForCustomers: false })
      expect(await writesAtRest(road, 20)).toEqual([])
    })

    it('are told no name by what is internal in the desk being made public, because that copy is made anew', async () => {
      const { anAgent, ticket } = await spoken(608)
      const said = await road.run(anAgent, addComment, {
        record: { kind: 'work item', ref: (await workItem()).id },
        body: codecs.markdown.read('Eve knows, @Eve Engineer'),
        audience: 'staff',
        mentions: [(await eve()).id],
      })
      await road.converge(5)
      expect(inDesk(ticket)).toContain('@Eve Engineer')
      const comment = said.ok ? said.value.id : ''
      await road.run(anAgent, changeCommentAudience, { comment, audience: 'everyone' })
      await road.converge(5)
      expect(inDesk(ticket)).toContain('Eve knows, our team')
      expect(inDesk(ticket)).not.toContain('Eve Engineer')
    })
  })
})
