import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addComment } from '../../../src/commands/add-comment.ts'
import { changeCommentAudience } from '../../../src/commands/change-comment-audience.ts'
import { codecs } from '../../../src/sync/rich-text/index.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { escalated, expectNothingWrong } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const ANNA = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' } as const
const body = (text: string) => codecs.plain.read(text)

describe('case 9: audience through a chain, then changed', () => {
  const say = async (
    text: string,
    audience: 'everyone' | 'staff' | 'support' | 'engineering',
    kind: 'ticket' | 'work item' = 'ticket',
  ): Promise<string> => {
    const record = await road.db
      .selectFrom(kind === 'ticket' ? 'ticket' : 'work_item')
      .select('id')
      .executeTakeFirstOrThrow()
    const said = await road.run(ANNA, addComment, {
      record: { kind, ref: record.id },
      body: body(text),
      audience,
    })
    return said.ok ? said.value.id : ''
  }
  const inDesk = (ticket: string, word: string) =>
    road.desk.item(ticket)?.comments.filter((comment) => comment.text.includes(word)) ?? []

  it('keeps engineering’s words from the desk and support’s from the tracker', async () => {
    road = await buildRoad({ db: test.db, seed: 91 })
    const { ticket, defect } = await escalated(road)
    road.tracker.humanComment(defect, 'FOR-ENGINEERING our shame', { visibility: 'internal' })
    await say('FOR-ENGINEERING hush', 'engineering', 'work item')
    await say('FOR-SUPPORT hush', 'support')
    await say('FOR-STAFF between us', 'staff')
    await road.converge(5)
    expect(inDesk(ticket, 'FOR-STAFF')).toMatchObject([{ visibility: 'internal' }])
    expect(inDesk(ticket, 'FOR-SUPPORT')).toMatchObject([{ visibility: 'internal' }])
    expect(road.tracker.item(defect)?.comments).toHaveLength(3)
    await expectNothingWrong(road)
  })

  it('withdraws the public copy of words that became internal, makes an internal one, and back again', async () => {
    road = await buildRoad({ db: test.db, seed: 92 })
    const { ticket } = await escalated(road)
    const id = await say('careful words', 'everyone')
    await road.converge(5)
    expect(inDesk(ticket, 'careful')).toMatchObject([{ visibility: 'public' }])
    await road.run(ANNA, changeCommentAudience, { comment: id, audience: 'staff' })
    await road.converge(5)
    expect(inDesk(ticket, 'careful')).toMatchObject([{ visibility: 'internal' }])
    await road.run(ANNA, changeCommentAudience, { comment: id, audience: 'engineering' })
    await road.converge(5)
    expect(inDesk(ticket, 'careful')).toEqual([])
    await road.run(ANNA, changeCommentAudience, { comment: id, audience: 'everyone' })
    await road.converge(5)
    expect(inDesk(ticket, 'careful')).toMatchObject([{ visibility: 'public' }])
    await expectNothingWrong(road)
  })

  it('never deletes a customer’s own comment because it is for fewer people here, and says so', async () => {
    road = await buildRoad({ db: test.db, seed: 93 })
    const { ticket, defect } = await escalated(road)
    road.desk.humanComment(ticket, '<p>my own words</p>', { by: 'u-carla' })
    await road.converge(5)
    const comment = await road.db.selectFrom('message').select('id').executeTakeFirstOrThrow()
    await road.run(ANNA, changeCommentAudience, { comment: comment.id, audience: 'support' })
    await road.converge(5)
    expect(inDesk(ticket, 'my own words')).toHaveLength(1)
    expect(
      road.tracker.item(defect)?.comments.filter((one) => one.text.includes('my own words')),
      'its copy is withdrawn',
    ).toEqual([])
    expect(await road.db.selectFrom('hold').select('code').execute()).toEqual([{ code: 'cannot-withdraw' }])
    await expectNothingWrong(road)
  })

  it('follows a public comment made internal, edited and deleted in the desk', async () => {
    road = await buildRoad({ db: test.db, seed: 94 })
    const { ticket, defect } = await escalated(road)
    const id = road.desk.humanComment(ticket, '<p>first words</p>', { by: 'u-ada' })
    await road.converge(3)
    road.desk.humanSetVisibility(ticket, id, 'internal')
    road.desk.humanEditComment(ticket, id, '<p>second words</p>')
    await road.converge(3)
    expect(await road.db.selectFrom('message').select('id').execute()).toEqual([])
    expect(
      road.tracker
        .item(defect)
        ?.comments.map((one) => one.text)
        .join(),
    ).toContain('second words')
    road.desk.humanDeleteComment(ticket, id)
    await road.converge(3)
    expect(road.tracker.item(defect)?.comments).toEqual([])
    await expectNothingWrong(road)
  })

  it('holds a comment whose visibility the tool does not tell', async () => {
    road = await buildRoad({ db: test.db, seed: 95 })
    const { ticket, defect } = await escalated(road)
    road.desk.humanComment(ticket, '<p>for whom?</p>', { visibility: 'unknown' })
    await road.converge(3)
    expect(road.tracker.item(defect)?.comments).toEqual([])
    expect(await road.db.selectFrom('hold').select('code').execute()).toEqual([
      { code: 'unknown-visibility' },
    ])
    await expectNothingWrong(road)
  })

  it('withdraws a copy whose narrowing met an edit of it', async () => {
    road = await buildRoad({ db: test.db, seed: 96 })
    const { ticket } = await escalated(road)
    const id = await say('careful words', 'everyone')
    await road.converge(5)
    const [copy] = inDesk(ticket, 'careful')
    await road.run(ANNA, changeCommentAudience, { comment: id, audience: 'staff' })
    road.desk.humanEditComment(ticket, copy?.id ?? '', '<p>careful sentences</p>')
    await road.converge(5)
    expect(inDesk(ticket, 'careful')).toMatchObject([{ visibility: 'internal' }])
    await expectNothingWrong(road)
  })
})
