import { useState } from 'react'
import type { GoLive } from '../api/go-live.ts'
import type { Release } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { DecideDialog } from '../forms/go-live-dialogs.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import styles from './go-live.module.css'
import { MeasuredCriteria } from './measured-criteria.tsx'
import { Block } from './record.tsx'
import { roleReason } from './roles.ts'
import { Time } from './time.tsx'
import { DECISION_TONES } from './tones.ts'
import { useKeys } from './use-keys.tsx'

/** What was decided, the latest first, each with what was measured then. */
export const GoDecisions = ({ release, goLive }: { readonly release: Release; readonly goLive: GoLive }) => {
  const texts = useTexts()
  const { goLive: words } = texts
  const self = useSelf()
  const mayDecide = useMay('go-live.decide')
  const [isOpen, setOpen] = useState(false)
  const isOver = release.state === 'released' || release.state === 'withdrawn'
  const over = isOver ? texts.reasons.state(texts.words.releaseState[release.state]) : null
  const reason = mayDecide ? over : roleReason(self, texts)
  useKeys(words.keys, [{ keys: 'd', label: words.decide, run: () => setOpen(true), reason }])
  return (
    <Block title={words.decisions}>
      {goLive.decisions.length === 0 ? <p className="quiet">{words.noDecision}</p> : null}
      <ul className={styles.rows}>
        {goLive.decisions.map((one) => (
          <li key={one.id}>
            <Badge tone={DECISION_TONES[one.decision]} large>
              {words.decision[one.decision]}
            </Badge>
            <div className={styles.words}>
              {one.reason === null ? null : <p>{one.reason}</p>}
              <small>
                {one.by.name} <Time at={one.at} />
              </small>
              <details>
                <summary>{words.atThatTime}</summary>
                <MeasuredCriteria release={release.id} criteria={one.criteria} />
                <ul className={styles.behind}>
                  {one.signOffs.map(({ role, by, isVoid }) => (
                    <li key={role}>
                      {words.roles[role] ?? role}: {by === null ? words.unsigned : words.signedBy(by)}
                      {isVoid ? ` · ${words.isVoid}` : ''}
                    </li>
                  ))}
                </ul>
              </details>
            </div>
          </li>
        ))}
      </ul>
      <div className={styles.add}>
        <ActionButton label={words.decide} keys="d" reason={reason} run={() => setOpen(true)} />
      </div>
      {isOpen ? <DecideDialog release={release} goLive={goLive} close={() => setOpen(false)} /> : null}
    </Block>
  )
}
