import type { Static } from 'typebox'
import type { ListedToken } from '../../store/tokens.ts'
import { iso, isoOrNull } from '../times.ts'
import type { Token } from './schema.ts'

/** A token as the list shows it: never the token itself, which nobody has any more, nor its hash. */
export const presentToken = (row: ListedToken): Static<typeof Token> => ({
  id: row.id,
  name: row.name,
  roles: [...row.roles],
  personId: row.person_id,
  contactId: row.contact_id,
  holder: row.holder_name,
  madeBy: row.maker_name,
  oneTime: row.one_time,
  createdAt: iso(row.created_at),
  expiresAt: isoOrNull(row.expires_at),
  lastUsedAt: isoOrNull(row.last_used_at),
  revokedAt: isoOrNull(row.revoked_at),
})
