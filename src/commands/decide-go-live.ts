import { checkDecision } from '../domain/go-live.ts'
import { lockRelease } from '../store/releases.ts'
import { checkText } from './field-rules.ts'
import { goLiveStanding, keepDecision } from './go-live-standing.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { tellFollowers } from './tell-followers.ts'

export interface DecideGoLive {
  /** Id. */
  readonly release: string
  readonly decision: 'go' | 'no-go'
  readonly reason?: string | null
}

/** Go or no-go, kept with what was measured and signed at that moment. Another decision may follow; the last one counts. */
export const decideGoLive: Command<DecideGoLive, { readonly id: string }> = async (tx, context, input) => {
  const release = await lockRelease(tx, input.release)
  if (release === null) return unknown('release', input.release, '/release')
  const text = checkText((input.reason ?? '').trim(), '/reason')
  if (!text.ok) return text
  const reason = text.value === '' ? null : text.value
  const standing = await goLiveStanding(tx, release, context.now)
  const checked = checkDecision({
    ...{ decision: input.decision, reason, measured: standing.measured, signed: standing.signed },
    ...{ roles: standing.rules.roles, isOver: release.state === 'released' || release.state === 'withdrawn' },
  })
  if (!checked.ok) return checked
  await keepDecision(tx, context, release, standing, { decision: input.decision, reason })
  const data = { decision: input.decision, reason }
  await tellFollowers(tx, context, release.id, { kind: 'decided', data })
  return done(
    { id: release.id },
    {
      events: [
        {
          kind: 'release.decided',
          record: { kind: 'release', id: release.id },
          data: { decision: input.decision },
        },
      ],
      changed: [],
    },
  )
}
