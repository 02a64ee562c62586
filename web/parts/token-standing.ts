import type { Token } from '../api/tokens.ts'

/** Whether a token still opens anything. */
export const tokenStanding = (
  { revokedAt, expiresAt }: Pick<Token, 'revokedAt' | 'expiresAt'>,
  now: number,
): 'good' | 'ended' | 'expired' => {
  if (revokedAt !== null) return 'ended'
  return expiresAt !== null && new Date(expiresAt).getTime() <= now ? 'expired' : 'good'
}
