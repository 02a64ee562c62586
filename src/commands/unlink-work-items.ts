import { deleteWorkItemLink, linksOf } from '../store/work-item-links.ts'
import { done, unknown } from './outcome.ts'
import { heldWorkItem } from './progress-work-item.ts'
import type { Command } from './run-command.ts'

export interface UnlinkWorkItems {
  /** Id or key of either end. */
  readonly workItem: string
  /** Id. */
  readonly link: string
}

/** Takes a link away; the work items stay as they are. */
export const unlinkWorkItems: Command<UnlinkWorkItems, { readonly id: string }> = async (
  tx,
  _context,
  input,
) => {
  const held = await heldWorkItem(tx, input.workItem, undefined)
  if (!held.ok) return held
  const link = (await linksOf(tx, held.value.id)).find(({ id }) => id === input.link)
  if (link === undefined) return unknown('link', input.link, '/link')
  await deleteWorkItemLink(tx, link.id)
  const data = {
    link: link.id,
    kind: link.kind,
    ...(link.url === null ? {} : { other: link.title ?? link.url }),
  }
  return done(
    { id: link.id },
    {
      events: [link.from_id, link.to_id].flatMap((id) =>
        id === null ? [] : [{ kind: 'work-item.unlinked' as const, record: { kind: 'work item', id }, data }],
      ),
      changed: [],
    },
  )
}
