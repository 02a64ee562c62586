import type { TicketState } from '../../src/domain/words.ts'
import type { Tone } from '../parts/tones.ts'
import type { EveryonesTexts } from '../texts/en-everyone.ts'

interface Standing {
  readonly state: TicketState
  readonly waitsForYou: boolean
}

/** Where a request stands, in the customer's language. */
export const standingWords = (request: Standing, { portal }: EveryonesTexts): string =>
  portal.standing[request.waitsForYou ? 'waiting for you' : request.state]

const TONES: Readonly<Record<TicketState, Tone>> = {
  new: 'info',
  open: 'info',
  waiting: 'warn',
  resolved: 'good',
  closed: 'plain',
  cancelled: 'plain',
  merged: 'plain',
}

export const standingTone = (request: Standing): Tone => (request.waitsForYou ? 'move' : TONES[request.state])
