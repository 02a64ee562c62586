import {
  type FieldRule,
  type HubField,
  type Mapping,
  TICKET_FIELDS,
  WORK_ITEM_FIELDS,
} from '../sync/mapping.ts'
import type { ToolField } from '../sync/snapshot.ts'
import { recordOf } from './configuration.ts'
import type { MappingDocument } from './schema.ts'

/** Facts that are derived through the escalation: they only ever go to the tool. */
const DERIVED: Readonly<Record<Mapping['record'], readonly string[]>> = {
  ticket: TICKET_FIELDS.slice(TICKET_FIELDS.indexOf('key')),
  'work item': WORK_ITEM_FIELDS.slice(WORK_ITEM_FIELDS.indexOf('severity')),
}

export const isDerived = (record: Mapping['record'], field: string): boolean =>
  DERIVED[record].includes(field)

export const hubFieldsOf = (record: Mapping['record']): readonly string[] =>
  record === 'ticket' ? TICKET_FIELDS : WORK_ITEM_FIELDS

export const defaultDirection = (record: Mapping['record'], field: string): FieldRule['direction'] =>
  isDerived(record, field) ? 'to tool' : 'both'

type FieldLine = MappingDocument['fields'][number]

const fieldRule = (record: Mapping['record'], line: FieldLine): readonly FieldRule[] =>
  Object.entries(line).map(([hub, there]) => {
    const rule = typeof there === 'string' ? { tool: there } : there
    return {
      // the schema lets only our field names and tool field names through
      hub: hub as HubField,
      tool: rule.tool as ToolField,
      direction: rule.direction ?? defaultDirection(record, hub),
      conflict: rule.conflict ?? 'ask',
      ...(rule.values === undefined ? {} : { values: rule.values }),
    }
  })

const audiences = (document: NonNullable<MappingDocument['comments']>): NonNullable<Mapping['comments']> => ({
  public: document.public,
  internal: document.internal,
  sendPublic: document['send public'],
})

/** The mapping as the merge reads it: short forms written out, defaults filled in. */
export const toMapping = (document: MappingDocument, party: 'desk' | 'tracker'): Mapping => {
  const record = recordOf(party)
  return {
    record,
    containers: document.containers,
    types: document.types ?? [],
    adopt: document.adopt ?? false,
    fields: document.fields.flatMap((line) => fieldRule(record, line)),
    status: document.statuses
      ? {
          owner: document.statuses.owner,
          toHub: document.statuses['to hub'],
          toTool: (document.statuses['to tool'] ?? []).map((rule) => ({
            when: rule.when,
            to: rule.to,
            ...(rule.from === undefined ? {} : { from: rule.from }),
          })),
        }
      : null,
    comments: document.comments ? audiences(document.comments) : null,
    attachments: document.attachments ? audiences(document.attachments) : null,
    people: document.people ?? {},
    products: document.products ?? {},
    components: document.components ?? {},
    releases: document.releases ?? false,
    onCreate: document['on create'] ?? {},
  }
}
