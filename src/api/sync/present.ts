import type { FieldStory } from '../../store/views/why.ts'
import { asJson } from '../json.ts'

/** One field's story, its last turn first. */
export const presentStory = (story: FieldStory) => {
  const [last] = story.crossings
  return asJson({
    field: story.field,
    toolField: story.toolField,
    connection: story.connection,
    item: story.item,
    value: story.agreed?.hub ?? null,
    there: story.agreed?.tool ?? null,
    bothEmpty: story.bothEmpty,
    by: last?.actor.name ?? story.agreed?.by ?? null,
    because: last?.because ?? null,
    rule: story.rule === null ? null : `${story.rule.direction}, ${story.rule.conflict}`,
    at: last?.at.toISOString() ?? story.agreed?.at ?? null,
    hold: story.hold,
    conflict: story.conflict,
    crossings: story.crossings,
  })
}
