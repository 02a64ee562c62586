import type { Generated } from 'kysely'
import type { ChatKind } from '../domain/chat/chat-kind.ts'
import type { Language } from '../domain/settings.ts'
import type { At, AtOrNull, Nullable } from './columns.ts'

/** A chat tool in which our people may ask (migrations/0035). */
export interface ChatTable {
  id: string
  name: string
  kind: ChatKind
  /** Whose words are meant where nobody names a product. */
  product_id: Nullable<string>
  language: Language
  /** Sealed. */
  secret: string
  heard_at: AtOrNull
  refused_at: AtOrNull
  refused_why: Nullable<string>
  version: Generated<number>
  created_at: At
  updated_at: At
  archived_at: AtOrNull
}
