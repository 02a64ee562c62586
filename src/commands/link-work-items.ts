import { type Refusal, refuse } from '../domain/refusal.ts'
import { endsOf, isLinkable, type LinkRole } from '../domain/work-item-link.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { insertWorkItemLink, leadsTo, linksOf, type WorkItemLink } from '../store/work-item-links.ts'
import { findWorkItem, lockWorkItems, type WorkItem } from '../store/work-items.ts'
import { checkLine } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface LinkWorkItems {
  /** Id or key. */
  readonly workItem: string
  readonly to:
    | { readonly role: LinkRole; readonly workItem: string }
    | { readonly url: string; readonly title?: string }
}

/** What one record takes, so that its page stays one. */
const MAX_LINKS = 100

/** Says how a work item stands to another, or to something elsewhere. */
export const linkWorkItems: Command<LinkWorkItems, { readonly id: string }> = async (tx, context, input) => {
  const first = await findWorkItem(tx, input.workItem)
  if (first === null) return unknown('work item', input.workItem, '/workItem')
  const checked = await ('url' in input.to
    ? checkElsewhere(tx, first, input.to)
    : checkOther(tx, first, input.to))
  if (!checked.ok) return checked
  const { other, link } = checked.value
  const id = context.newId()
  await insertWorkItemLink(tx, { id, ...link, made_at: context.now, made_by: context.actor })
  const data = { link: id, kind: link.kind, other: other?.key ?? link.title ?? link.url }
  return done(
    { id },
    {
      events: [
        { kind: 'work-item.linked', record: { kind: 'work item', id: first.id }, data },
        ...(other === null
          ? []
          : [
              {
                kind: 'work-item.linked' as const,
                record: { kind: 'work item', id: other.id },
                data: { ...data, other: first.key },
              },
            ]),
      ],
      changed: [],
    },
  )
}

interface Checked {
  readonly other: WorkItem | null
  readonly link: Pick<WorkItemLink, 'from_id' | 'kind' | 'to_id' | 'url' | 'title'>
}

const checkElsewhere = async (
  tx: Tx,
  item: WorkItem,
  to: { readonly url: string; readonly title?: string },
): Promise<Result<Checked, Refusal>> => {
  const url = to.url.trim()
  if (!isLinkable(url))
    return err(
      refuse('invalid', 'Give a whole address that begins with https:// or http://.', { field: '/url' }),
    )
  const title = to.title === undefined || to.title.trim() === '' ? ok(null) : checkLine(to.title, '/title')
  if (!title.ok) return title
  await lockWorkItems(tx, [item.id])
  const links = await linksOf(tx, item.id)
  if (links.length >= MAX_LINKS) return err(tooMany(item))
  if (links.some((link) => link.url === url))
    return err(refuse('already-done', `${item.key} has this link already.`, { field: '/url' }))
  return ok({
    other: null,
    link: { from_id: item.id, kind: 'related', to_id: null, url, title: title.value },
  })
}

const checkOther = async (
  tx: Tx,
  item: WorkItem,
  to: { readonly role: LinkRole; readonly workItem: string },
): Promise<Result<Checked, Refusal>> => {
  const other = await findWorkItem(tx, to.workItem)
  if (other === null) return unknown('work item', to.workItem, '/to')
  if (other.id === item.id)
    return err(refuse('invalid', 'A work item is not linked to itself.', { field: '/to' }))
  // both are held, so that two who link at once see each other
  await lockWorkItems(tx, [item.id, other.id])
  const links = await linksOf(tx, item.id)
  const { kind, isFrom } = endsOf(to.role)
  const [from, until] = isFrom ? [item, other] : [other, item]
  const isSame = (link: WorkItemLink): boolean =>
    link.kind === kind &&
    (link.from_id === other.id || link.to_id === other.id) &&
    (kind === 'related' || link.from_id === from.id)
  if (links.some(isSame))
    return err(refuse('already-done', `${item.key} is linked to ${other.key} so already.`, { field: '/to' }))
  if (links.length >= MAX_LINKS) return err(tooMany(item))
  if (kind === 'parent') {
    const parents = (await linksOf(tx, until.id)).filter(
      (one) => one.kind === 'parent' && one.to_id === until.id,
    )
    if (parents.length > 0)
      return err(
        refuse('wrong-state', `${until.key} has a parent already: take that link away first.`, {
          field: '/to',
        }),
      )
  }
  if (kind !== 'related' && (await leadsTo(tx, kind, until.id, from.id)))
    return err(
      refuse('invalid', `That would close a ring: ${until.key} leads to ${from.key} already.`, {
        field: '/to',
      }),
    )
  return ok({ other, link: { from_id: from.id, kind, to_id: until.id, url: null, title: null } })
}

const tooMany = (item: WorkItem): Refusal =>
  refuse('invalid', `${item.key} has ${MAX_LINKS} links; that is the most.`, { field: '/to' })
