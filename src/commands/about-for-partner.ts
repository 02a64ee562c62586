import type { Settings } from '../domain/settings.ts'
import type { Partner } from '../domain/sharing.ts'
import { fieldsToShare, INBOX, sharedFields, sharedStatuses } from '../sync/shared-item.ts'

export interface AboutFacts {
  readonly settings: Settings
  readonly products: readonly { readonly key: string; readonly name: string }[]
  /** Where people reach us, for an organisation that has no name. */
  readonly host: string
  readonly version: string
  readonly maxFileBytes: number
}

/** What is shared with a partner, in the terms of a tool: what their mapping can choose from. */
export const aboutForPartner = (partner: Partner, facts: AboutFacts) => {
  const { policy } = partner
  const known = new Map(fieldsToShare(policy.record).map((one) => [one.field, one]))
  return {
    version: facts.version,
    name: facts.settings.name ?? facts.host,
    partner: partner.name,
    record: policy.record,
    create: policy.create,
    fields: sharedFields(policy).map((field) => {
      const { kind = 'text', options = null } = known.get(field) ?? {}
      return {
        ...{ field, title: titleOf(field), kind, writable: policy.writes.includes(field) },
        options: options === null ? null : [...options],
      }
    }),
    statuses: policy.status === 'hidden' ? [] : [...sharedStatuses(policy.record)],
    statusWritable: policy.status === 'set',
    containers: [
      ...facts.products.map(({ key, name }) => ({ id: key, title: name })),
      { id: INBOX, title: 'Without a product' },
    ],
    comments: { public: policy.publicWords !== null, internal: policy.internalWords !== null },
    files: policy.files,
    maxFileBytes: facts.maxFileBytes,
    releases: false,
  }
}

const titleOf = (field: string): string => {
  const words = field.replace(/^custom\./, '').replaceAll('.', ' ')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
