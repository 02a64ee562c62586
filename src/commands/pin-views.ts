import { refuse } from '../domain/refusal.ts'
import { MOST_PINNED } from '../domain/saved-view.ts'
import { err } from '../lib/result.ts'
import { pinViews as keepPins, viewsFor } from '../store/saved-views.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { personOf } from './view-rules.ts'

/**
 * Which views a person keeps in sight, and in which order: said whole each time, so that two tabs cannot mix two orders.
 * Anybody's view that they may see; when it is not shared with them any more, it is out of sight by itself.
 */
export const pinViews: Command<{ readonly views: readonly string[] }, null> = async (
  tx,
  context,
  { views },
) => {
  const person = personOf(context.actor)
  if (!person.ok) return person
  if (views.length > MOST_PINNED)
    return err(
      refuse('invalid', `At most ${MOST_PINNED} views can be kept in sight. Take one out first.`, {
        field: '/views',
      }),
    )
  const shown = new Set((await viewsFor(tx, person.value)).map(({ id }) => id))
  const missing = views.findIndex((id) => !shown.has(id))
  if (missing >= 0) return unknown('view', views[missing] ?? '', `/views/${missing}`)
  await keepPins(tx, person.value, [...new Set(views)])
  return done(null, {
    events: [
      { kind: 'view.pinned', record: { kind: 'person', id: person.value }, data: { views: views.length } },
    ],
    changed: [],
  })
}
