import type { Static } from 'typebox'
import type { StoredConfiguration } from '../../commands/stored-configuration.ts'
import type {
  Description,
  PreviewedItem,
  PreviewLine,
  Mapping as StoredMapping,
} from '../../commands/tool-desk.ts'
import { recordOf } from '../../configuration/configuration.ts'
import { mappingDifferences } from '../../configuration/difference.ts'
import { statesOf, WORDS_OF } from '../../configuration/mapping-checks.ts'
import { hubFieldsOf, isDerived } from '../../configuration/to-mapping.ts'
import type { MappingVersion } from '../../store/views/mapping-versions.ts'
import { asJson } from '../json.ts'
import { iso } from '../times.ts'
import type { ConnectionConfiguration, Mapping, Previewed, Version } from './schema.ts'

export const presentMapping = ({ record: _, ...mapping }: StoredMapping): Static<typeof Mapping> =>
  asJson(mapping) as Static<typeof Mapping>

export const originOf = (row: MappingVersion) => ({
  at: iso(row.made_at),
  by: row.made_by,
  source: row.source,
  restoredFrom: row.restored_from,
})

/** The first version says nothing of what it changed: everything in it is new. */
export const presentVersion =
  (current: number) =>
  (row: MappingVersion): Static<typeof Version> => ({
    version: row.version,
    ...originOf(row),
    words: row.before === null ? [] : [...mappingDifferences(row.before, row.document)],
    isCurrent: row.version === current,
  })

/** What there is on our side to choose from, for the screen of a mapping. */
export const presentOurs = (
  { configuration: { organisation } }: StoredConfiguration,
  party: 'desk' | 'tracker',
): Static<typeof ConnectionConfiguration>['ours'] => {
  const record = recordOf(party)
  const named = (all: Readonly<Record<string, { readonly name: string }>>) =>
    Object.entries(all).map(([key, { name }]) => ({ key, name }))
  const products = organisation?.products ?? {}
  return {
    fields: hubFieldsOf(record).map((field) => {
      const words = WORDS_OF[field]
      return {
        field,
        derived: isDerived(record, field),
        ...(words === undefined ? {} : { words: [...words] }),
      }
    }),
    states: [...statesOf(record)],
    products: named(products),
    components: Object.values(products).flatMap(({ components }) => named(components)),
    people: Object.entries(organisation?.people ?? {}).map(([email, { name }]) => ({ email, name })),
  }
}

/** Words of a fixed list are no secret of a ticket; what people typed is. */
const OPEN_KINDS: readonly string[] = ['choice', 'date', 'number']
const OPEN_FIELDS: readonly string[] = ['status', 'type', 'container', 'priority', 'component', 'release']

/** Who looks after the pipes sees that a title would go over, not the title. */
export const presentPreview = (
  items: readonly PreviewedItem[],
  description: Description | null,
  mayReadWords: boolean,
): Static<typeof Previewed> => {
  const open = new Set([
    ...OPEN_FIELDS,
    ...(description?.fields ?? []).filter(({ kind }) => OPEN_KINDS.includes(kind)).map(({ field }) => field),
  ])
  const present = ({ here, there, becomes, reason, nextStep, told, ...line }: PreviewLine) => {
    const hidden = !mayReadWords && !open.has(line.toolField)
    return hidden
      ? // a reason quotes the value that has no counterpart, and so does what to do about it
        {
          ...{ ...line, hidden, here: null, there: null, becomes: null },
          ...{ reason: null, nextStep: null, told: null },
        }
      : {
          ...{ ...line, hidden, here: asJson(here), there: asJson(there), becomes: asJson(becomes) },
          ...{ reason, nextStep, told },
        }
  }
  return { items: items.map((item) => ({ ...item, lines: item.lines.map(present) })) }
}
