import type { Figure } from '../figure.ts'
import type { Postgres } from '../postgres.ts'

export const comparePeers = async (
  _postgres: Postgres,
  _options: { readonly quick: boolean; readonly say: (line: string) => void },
): Promise<readonly Figure[]> => []
