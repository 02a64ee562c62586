import { standingInWords } from '../../src/domain/ticket-words.ts'
import type { TicketState } from '../../src/domain/words.ts'
import type { Texts } from '../texts/en.ts'
import type { Tone } from './tones.ts'

interface Standing {
  readonly state: TicketState
  /** As the server says it to a customer. */
  readonly standing: string
}

/** The server tells a customer what we wait for by this sentence alone. */
export const isWaitingForThem = ({ standing }: Pick<Standing, 'standing'>): boolean =>
  standing === standingInWords('waiting', 'customer')

/** Where a request stands, in the customer's language. */
export const standingWords = (request: Standing, { portal }: Texts): string =>
  portal.standing[isWaitingForThem(request) ? 'waiting for you' : request.state]

/** Shorter words are in everything. */
const TELLING_FROM = 5

/** Of a sentence, the word by which a request like it is most likely found: the longest. Null: none says enough. */
export const tellingWord = (sentence: string): string | null => {
  const words = sentence.split(/[^\p{L}\p{N}-]+/u).filter(({ length }) => length >= TELLING_FROM)
  return words.toSorted((a, b) => b.length - a.length)[0] ?? null
}

const TONES: Readonly<Record<TicketState, Tone>> = {
  new: 'info',
  open: 'info',
  waiting: 'warn',
  resolved: 'good',
  closed: 'plain',
  cancelled: 'plain',
  merged: 'plain',
}

export const standingTone = (request: Standing): Tone =>
  isWaitingForThem(request) ? 'move' : TONES[request.state]
