import type { EngineeringStatus, ReleaseState } from './words.ts'

/** What a customer may be told of when their request is solved. */
export interface ToldRelease {
  readonly release: string
  /** `YYYY-MM-DD`; null: the release is named, and no day yet. */
  readonly from: string | null
  readonly to: string | null
  readonly releasedAt: Date | null
}

/** From here on somebody has said yes: before that, a release is a thought of ours and no promise. */
const TOLD_FROM: readonly EngineeringStatus[] = [
  'Accepted',
  'In progress',
  'In verification',
  'Fixed, not released',
  'Released',
]

/**
 * The release a customer is told about. How sure we are and how often it slipped stays inside; a release that was
 * withdrawn is no promise any more.
 */
export const promiseOf = (
  status: EngineeringStatus,
  release: {
    readonly name: string
    readonly state: ReleaseState
    readonly from: string | null
    readonly to: string | null
    readonly releasedAt: Date | null
  } | null,
): ToldRelease | null =>
  release === null || release.state === 'withdrawn' || !TOLD_FROM.includes(status)
    ? null
    : {
        release: release.name,
        from: release.from,
        to: release.to,
        releasedAt: release.state === 'released' ? release.releasedAt : null,
      }
