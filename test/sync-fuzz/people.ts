import { addComment } from '../../src/commands/add-comment.ts'
import { changeCommentAudience } from '../../src/commands/change-comment-audience.ts'
import { changeTicket } from '../../src/commands/change-ticket.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { deleteComment } from '../../src/commands/delete-comment.ts'
import { editComment } from '../../src/commands/edit-comment.ts'
import { escalateTicket } from '../../src/commands/escalate-ticket.ts'
import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import type { Actor } from '../../src/domain/actor.ts'
import type { Audience } from '../../src/domain/audience.ts'
import { codecs } from '../../src/sync/rich-text/index.ts'
import type { Road } from '../support/road.ts'
import type { Chance } from './chance.ts'

/**
 * What people do on a road: in the desk, in the tracker and in the hub itself. Each act writes words of its own, so
 * that every copy can be told from every other. An act answers what was done, or null when there was nothing to do.
 */
export interface People {
  act(): Promise<string | null>
  /** Words of comments born in the hub, and whom they are for now. */
  readonly said: ReadonlyMap<string, Audience>
}

export const ANNA: Actor = { kind: 'person', id: '00000000-0000-7000-8000-0000000000aa', name: 'Anna' }

export const richText = (text: string) => codecs.plain.read(text)

export const peopleOn = (road: Road, chance: Chance): People => {
  const said = new Map<string, Audience>()
  let words = 0
  const word = (): string => {
    words += 1
    return `word${words}x`
  }
  const { desk, tracker } = road
  const itemsOf = (tool: DemoTool) =>
    tool.items().filter((item) => item.kind === 'item' && item.mergedInto === null)
  const someone = (tool: DemoTool): string =>
    chance.happens(0.15) ? tool.account.id : chance.oneOf(tool.setup.users).id
  const SEVERITIES = ['critical', 'high', 'medium', 'low']

  const create = (): string | null => {
    if (itemsOf(desk).length >= 6) return null
    const made = desk.humanCreate(
      {
        container: 'support',
        fields: {
          title: `Trouble ${word()}`,
          description: `<p>Since ${word()}</p><p>and ${word()}</p>`,
          'cf:Severity': chance.oneOf(SEVERITIES),
          'cf:Product': 'Portal',
          requester: 'u-carla',
        },
      },
      'u-carla',
    )
    return `desk: ${made.key} made`
  }
  const editThere = (tool: DemoTool): string | null => {
    const item = chance.maybe(itemsOf(tool))
    if (item === null) return null
    const field = chance.oneOf([
      'title',
      'description',
      'cf:Version',
      'cf:Environment',
      ...(tool === desk ? ['cf:Severity', 'status'] : ['status', 'cf:Decline reason']),
    ])
    const value =
      field === 'status'
        ? chance.oneOf(tool.setup.statuses).word
        : field === 'cf:Severity'
          ? chance.oneOf(SEVERITIES)
          : field === 'description'
            ? tool === desk
              ? `<p>Now ${word()}</p><p>and ${word()}</p>`
              : `Now ${word()}\n\nand ${word()}`
            : `${chance.oneOf(['A', 'b', 'the'])} ${word()}`
    const by = someone(tool)
    tool.humanEdit(item.id, { [field]: value }, by)
    return `${tool.kind}: ${item.key} ${field} = ${value} by ${by}`
  }
  const commentThere = (tool: DemoTool): string | null => {
    const item = chance.maybe(itemsOf(tool))
    if (item === null) return null
    const visibility = chance.oneOf(['public', 'internal'] as const)
    const mark = visibility === 'public' ? '' : tool === desk ? 'FOR-STAFF ' : 'FOR-ENGINEERING '
    const text = `${mark}says ${word()}`
    tool.humanComment(item.id, tool === desk ? `<p>${text}</p>` : text, { visibility, by: someone(tool) })
    return `${tool.kind}: ${item.key} ${visibility} comment ${text}`
  }
  const changeCommentThere = (tool: DemoTool): string | null => {
    const item = chance.maybe(itemsOf(tool))
    const byHand = new Set(
      tool.ledger.flatMap((line) =>
        line.op === 'comment.add' && line.via === 'hand' ? [line.elementId] : [],
      ),
    )
    const comment = chance.maybe(item?.comments.filter((one) => byHand.has(one.id)) ?? [])
    if (item === null || comment === null) return null
    if (chance.happens(0.3)) {
      tool.humanDeleteComment(item.id, comment.id)
      return `${tool.kind}: ${item.key} comment ${comment.id} deleted`
    }
    if (!tool.setup.traits.comments.edit) return null
    const text = comment.text.replace(/word\d+x/u, word())
    tool.humanEditComment(item.id, comment.id, text)
    return `${tool.kind}: ${item.key} comment ${comment.id} edited to ${text}`
  }
  const editCopyThere = (tool: DemoTool): string | null => {
    const item = chance.maybe(itemsOf(tool))
    const comment = chance.maybe(
      item?.comments.filter((one) => one.author === tool.account.id && /word\d+x/u.test(one.text)) ?? [],
    )
    if (item === null || comment === null || !tool.setup.traits.comments.edit) return null
    const fresh = word()
    const old = /word\d+x/u.exec(comment.text)?.[0] ?? ''
    tool.humanEditComment(item.id, comment.id, comment.text.replace(old, fresh))
    const audience = said.get(old)
    if (audience !== undefined) {
      said.delete(old)
      said.set(fresh, audience)
    }
    return `${tool.kind}: ${item.key} copy ${comment.id} edited: ${old} is ${fresh}`
  }
  const attachThere = (tool: DemoTool): string | null => {
    const item = chance.maybe(itemsOf(tool))
    if (item === null || item.attachments.length > 3) return null
    const name = chance.oneOf(['log.txt', 'screen.png'])
    tool.humanAttach(item.id, { name, content: Buffer.from(word()) })
    return `${tool.kind}: ${item.key} file ${name}`
  }
  const shift = (tool: DemoTool): string | null => {
    const item = chance.maybe(itemsOf(tool))
    if (item === null) return null
    switch (chance.oneOf(['move', 'clone', 'link', 'delete and restore'])) {
      case 'move':
        tool.humanMove(
          item.id,
          item.container === tool.setup.containers[0]?.id
            ? (tool.setup.containers[1]?.id ?? '')
            : (tool.setup.containers[0]?.id ?? ''),
        )
        return `${tool.kind}: ${item.key} moved`
      case 'clone':
        if (tool === desk || tool.items().length > 10) return null
        tool.humanClone(item.id, someone(tool))
        return `${tool.kind}: ${item.key} cloned`
      case 'link':
        tool.humanLink(item.id, `https://elsewhere.example/${word()}`, 'elsewhere')
        return `${tool.kind}: ${item.key} linked`
      default:
        tool.humanDelete(item.id)
        if (chance.happens(0.5)) road.clock.advance(chance.below(90_000))
        tool.restoreItem(item.id)
        return `${tool.kind}: ${item.key} deleted and restored`
    }
  }

  // ---- in the hub ------------------------------------------------------------------------------------------------
  const ticket = async () =>
    chance.maybe(await road.db.selectFrom('ticket').select(['id', 'key']).orderBy('key').execute())
  const workItem = async () =>
    chance.maybe(await road.db.selectFrom('work_item').select(['id', 'key']).orderBy('key').execute())
  const changeHere = async (): Promise<string | null> => {
    const value = `Hub ${word()}`
    const set = chance.oneOf([
      { title: value },
      { description: richText(`${value}\n\n${word()}`) },
      { version: value },
    ])
    if (chance.happens(0.5)) {
      const one = await ticket()
      if (one === null) return null
      const done = await road.run(ANNA, changeTicket, { ticket: one.id, set })
      return `hub: ${one.key} ${Object.keys(set).join()} = ${value}${done.ok ? '' : ' (refused)'}`
    }
    const one = await workItem()
    if (one === null) return null
    const done = await road.run(ANNA, changeWorkItem, { workItem: one.id, set })
    return `hub: ${one.key} ${Object.keys(set).join()} = ${value}${done.ok ? '' : ' (refused)'}`
  }
  const sayHere = async (): Promise<string | null> => {
    const kind = chance.oneOf(['ticket', 'work item'] as const)
    const one = kind === 'ticket' ? await ticket() : await workItem()
    if (one === null) return null
    const audience = chance.oneOf(['everyone', 'staff', 'support', 'engineering'] as const)
    const fresh = word()
    const mark =
      audience === 'support' ? 'FOR-SUPPORT ' : audience === 'engineering' ? 'FOR-ENGINEERING ' : ''
    const done = await road.run(ANNA, addComment, {
      record: { kind, ref: one.id },
      body: richText(`${mark}tells ${fresh}`),
      audience,
    })
    if (!done.ok) return `hub: comment refused: ${done.error.detail}`
    said.set(fresh, audience)
    return `hub: ${one.key} comment for ${audience}: ${fresh}`
  }
  const changeWordsHere = async (): Promise<string | null> => {
    const rows = [
      ...(await road.db
        .selectFrom('message')
        .select(['id', 'body', 'audience', 'source_connection'])
        .where('deleted_at', 'is', null)
        .orderBy('id')
        .execute()),
      ...(await road.db
        .selectFrom('note')
        .select(['id', 'body', 'audience', 'source_connection'])
        .where('deleted_at', 'is', null)
        .orderBy('id')
        .execute()),
    ]
    const one = chance.maybe(
      rows.filter(
        (row) =>
          row.source_connection === null &&
          (row.audience === 'everyone' || row.audience === 'staff') &&
          !JSON.stringify(row.body).includes('FOR-'),
      ),
    )
    if (one === null) return null
    const old = /word\d+x/u.exec(JSON.stringify(one.body))?.[0] ?? ''
    const how = chance.oneOf(['edit', 'delete', 'narrow', 'widen'])
    if (how === 'edit') {
      const fresh = word()
      await road.run(ANNA, editComment, { comment: one.id, body: richText(`tells ${fresh}`) })
      said.delete(old)
      said.set(fresh, one.audience)
      return `hub: comment ${one.id.slice(-4)} edited: ${old} is ${fresh}`
    }
    if (how === 'delete') {
      await road.run(ANNA, deleteComment, { comment: one.id })
      said.delete(old)
      return `hub: comment ${one.id.slice(-4)} ${old} deleted`
    }
    const audience = how === 'narrow' ? 'staff' : 'everyone'
    await road.run(ANNA, changeCommentAudience, { comment: one.id, audience })
    said.set(old, audience)
    return `hub: comment ${one.id.slice(-4)} ${old} is for ${audience}`
  }
  const escalate = async (): Promise<string | null> => {
    const one = await ticket()
    if (one === null) return null
    if (chance.happens(0.3)) {
      const item = chance.maybe(itemsOf(desk))
      if (item === null) return null
      desk.humanEdit(item.id, { 'cf:Escalate': 'yes' })
      return `desk: ${item.key} escalate`
    }
    const done = await road.run(ANNA, escalateTicket, { ticket: one.id })
    return `hub: ${one.key} escalated${done.ok ? '' : ` (${done.error.code})`}`
  }

  const acts: readonly [number, () => string | null | Promise<string | null>][] = [
    [6, create],
    [14, () => editThere(desk)],
    [14, () => editThere(tracker)],
    [6, () => commentThere(desk)],
    [6, () => commentThere(tracker)],
    [4, () => changeCommentThere(chance.oneOf([desk, tracker]))],
    [4, () => editCopyThere(chance.oneOf([desk, tracker]))],
    [3, () => attachThere(chance.oneOf([desk, tracker]))],
    [3, () => shift(chance.oneOf([desk, tracker]))],
    [10, changeHere],
    [8, sayHere],
    [6, changeWordsHere],
    [6, escalate],
  ]
  return { said, act: async () => chance.weighted(acts)() }
}
