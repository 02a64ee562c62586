export const CHAT_KINDS = ['slack', 'mattermost', 'teams'] as const
export type ChatKind = (typeof CHAT_KINDS)[number]

export interface ChatDelivery {
  readonly bytes: Uint8Array
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly now: Date
}
