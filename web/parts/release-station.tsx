import type { Static } from 'typebox'
import type { ReleaseBadge } from '../../src/api/record-shapes.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Station } from './record.tsx'
import { useDay, useDays } from './time.tsx'
import { RELEASE_TONES } from './tones.ts'

type Release = Static<typeof ReleaseBadge>

/** Planned or actual: when it comes out, how sure that is, and how often it slipped. */
export const ReleaseStation = ({ release }: { readonly release: Release | null }) => {
  const texts = useTexts()
  const when = useReleaseWords()
  return (
    <Station
      title={texts.fields.release}
      about={release === null ? texts.ticket.noReleaseAbout : when(release)}
    >
      {release === null ? (
        <Badge tone="plain" large>
          {texts.ticket.noRelease}
        </Badge>
      ) : (
        <Badge tone={RELEASE_TONES[release.state]} large>
          {`${release.name} · ${texts.words.releaseState[release.state]}`}
        </Badge>
      )}
    </Station>
  )
}

export const useReleaseWords = () => {
  const texts = useTexts()
  const day = useDay()
  const days = useDays()
  return ({ releasedAt, estimate, history }: Release): string => {
    if (releasedAt !== null) return texts.ticket.releasedOn(day(releasedAt))
    const { from, to, confidence } = estimate
    const range = days(from, to)
    if (range === null) return texts.ticket.noEstimate
    // the first estimate is none that slipped
    const slips = Math.max(0, (history?.length ?? 0) - 1)
    return [
      texts.ticket.plannedFor(range),
      confidence === null ? null : texts.ticket.confidence(confidence),
      slips === 0 ? null : texts.ticket.slips(slips),
    ]
      .filter((part) => part !== null)
      .join(' · ')
  }
}
