import type { Actor } from '../../domain/actor.ts'
import { type Estimate, type Slip, slips } from '../../domain/release.ts'
import type { EscalationState, ReleaseState } from '../../domain/words.ts'
import type { RichText } from '../../sync/rich-text/tree.ts'
import type { FaultRecord, MirrorState } from '../tables.ts'

/** Parts that several screens show, and how they are read from JSON (where a moment is a text). */

export interface Named {
  readonly id: string
  readonly name: string
}

export interface KeyedName extends Named {
  readonly key: string
}

export interface ShownMirror {
  readonly id: string
  readonly connection: string
  readonly connectionTitle: string
  /** Key and address there; null while it is being made. */
  readonly key: string | null
  readonly url: string | null
  readonly state: MirrorState
  readonly reason: string | null
  /** No hint waits to be looked at. */
  readonly inStep: boolean
  readonly agreedAt: Date | null
  readonly retryAt: Date | null
  readonly fault: FaultRecord | null
  readonly holds: number
  readonly conflicts: number
}

export interface ShownRelease {
  readonly id: string
  readonly name: string
  readonly state: ReleaseState
  readonly estimate: Estimate
  /** Every estimate given, oldest first, with each slip in days. */
  readonly history: readonly (Slip & { readonly saidBy: Actor })[]
  readonly releasedAt: Date | null
}

export interface AskedQuestion {
  readonly text: RichText
  readonly by: Actor
  readonly at: Date
  /** Keys of the other tickets that have answered it, in the order of their answers. */
  readonly answeredFor: readonly string[]
}

export interface ShownEscalation {
  readonly id: string
  readonly state: EscalationState
  readonly reason: string | null
  /** Id of the comment that asks, while an answer is owed. */
  readonly question: string | null
  /** That comment itself; null when nothing is asked, or the reader is not among those it was written for. */
  readonly asked: AskedQuestion | null
  readonly sentBy: Actor
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly acceptedAt: Date | null
  readonly answeredAt: Date | null
  readonly endedAt: Date | null
  readonly version: number
}

/** The same with moments as JSON has them. */
export type InJson<T> = T extends Date
  ? string
  : T extends RichText
    ? T
    : T extends readonly (infer E)[]
      ? readonly InJson<E>[]
      : T extends object
        ? { readonly [K in keyof T]: InJson<T[K]> }
        : T

export const moment = (text: string | null): Date | null => (text === null ? null : new Date(text))

export const readMirror = (json: InJson<ShownMirror>): ShownMirror => ({
  ...json,
  agreedAt: moment(json.agreedAt),
  retryAt: moment(json.retryAt),
})

export const readEscalation = (json: InJson<ShownEscalation>): ShownEscalation => ({
  ...json,
  asked: json.asked && { ...json.asked, at: new Date(json.asked.at) },
  createdAt: new Date(json.createdAt),
  sentAt: moment(json.sentAt),
  acceptedAt: moment(json.acceptedAt),
  answeredAt: moment(json.answeredAt),
  endedAt: moment(json.endedAt),
})

export interface ReleaseJson extends Estimate {
  readonly id: string
  readonly name: string
  readonly state: ReleaseState
  readonly releasedAt: string | null
  readonly history: readonly (Estimate & { readonly saidAt: string; readonly saidBy: Actor })[]
}

export const readRelease = (json: ReleaseJson): ShownRelease => ({
  id: json.id,
  name: json.name,
  state: json.state,
  estimate: { from: json.from, to: json.to, confidence: json.confidence },
  history: slips(
    json.history.map(({ saidAt, from, to, confidence }) => ({
      saidAt: new Date(saidAt),
      estimate: { from, to, confidence },
    })),
  ).flatMap((slip, index) => {
    const said = json.history[index]
    return said === undefined ? [] : [{ ...slip, saidBy: said.saidBy }]
  }),
  releasedAt: moment(json.releasedAt),
})
