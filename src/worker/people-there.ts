import { isFault } from '../sync/fault.ts'
import { sendsPeople } from '../sync/field-conversion.ts'
import { type HubView, isTree } from '../sync/hub-view.ts'
import type { Mapping } from '../sync/mapping.ts'
import { type Colleague, callsByAddress, type People, peopleOf } from '../sync/people.ts'
import { callsOurs } from '../sync/rich-text/index.ts'
import type { RemotePerson, Snapshot } from '../sync/snapshot.ts'
import type { OpenConnection } from './open-connection.ts'

/** In any markup: a text that may call somebody. */
const MAY_CALL = /@[\p{L}\p{N}]|\[~|"mention"|data-vss-mention/u

/**
 * Who is who between us and the tool that shows this item. Whom the item itself does not name is looked for among the
 * people whom the tool described, asked for once in a while for all items: never for one mention.
 */
export const peopleThere = async (
  connection: OpenConnection,
  mapping: Mapping,
  colleagues: readonly Colleague[],
  shown: Snapshot | null,
  view: HubView | null,
): Promise<People> => {
  const told = shown === null ? [] : toldOf(shown)
  const described = sendsPeople(mapping)
    ? (await connection.describe()).people
    : saysOurs(view) || (callsByAddress(told) && textsOf(shown).some((text) => MAY_CALL.test(text)))
      ? await describedPeople(connection)
      : []
  return peopleOf([...told, ...described], mapping.people, colleagues)
}

/** Whom we do not know makes a question or is only named, which is better than to hold everything up. */
export const describedPeople = async (connection: OpenConnection): Promise<readonly RemotePerson[]> => {
  try {
    return (await connection.describe()).people
  } catch (thrown) {
    if (isFault(thrown)) return []
    throw thrown
  }
}

const toldOf = ({ people, comments, attachments }: Snapshot): readonly RemotePerson[] => [
  ...people,
  ...[...(comments ?? []), ...(attachments ?? [])].flatMap(({ author }) => author ?? []),
]

const textsOf = (shown: Snapshot | null): readonly string[] => {
  const description = shown?.fields.description
  return [
    ...(typeof description === 'string' ? [description] : []),
    ...(shown?.comments ?? []).map(({ text }) => text),
  ]
}

const saysOurs = (view: HubView | null): boolean => {
  const description = view?.fields.description
  return (
    (isTree(description) && callsOurs(description)) ||
    (view?.comments ?? []).some(({ body, deleted }) => !deleted && callsOurs(body))
  )
}
