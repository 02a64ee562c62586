import type { Static } from 'typebox'
import type { SharedItem } from '../../commands/shared-items.ts'
import type { SharedItem as Schema } from './schema.ts'

/** The same item, in arrays that the serialiser may have. */
export const presentShared = (item: SharedItem): Static<typeof Schema> => ({
  ...item,
  fields: Object.fromEntries(
    Object.entries(item.fields).map(([field, value]) => [
      field,
      typeof value === 'object' && value !== null ? [...value] : value,
    ]),
  ),
  comments: [...item.comments],
  attachments: [...item.attachments],
})
