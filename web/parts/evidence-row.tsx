import type { Evidence } from '../api/bug-or-feature.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Pairs } from './record.tsx'
import { useReleaseWords } from './release-station.tsx'
import { say } from './say.ts'
import { HAS_TONES, READING_TONES, WORK_ITEM_TONES } from './tones.ts'
import styles from './verdict-on-words.module.css'

/** A work item that says something alike: what that means for the caller, and why it was found. */
export const EvidenceRow = ({
  evidence,
  hasVersion,
  said,
}: {
  readonly evidence: Evidence
  /** Without one, "not known" would stand on every row. */
  readonly hasVersion: boolean
  /** Shown in large already. */
  readonly said: string | null
}) => {
  const texts = useTexts()
  const { bugOrFeature, fields } = texts
  const mayRead = useMay('work-items.read')
  const { reading, workItem, reasons, has, firstIn, planned } = evidence
  const when = useReleaseWords()
  // what is declined is in no version
  const isAsked = hasVersion && workItem.state !== 'declined'
  const hasWords = { ...bugOrFeature.has, ...(workItem.kind === 'defect' ? bugOrFeature.hasFix : {}) }
  const pairs = [
    [fields.behaviourNote, evidence.behaviourNote],
    [fields.workaround, evidence.workaround],
    [fields.declineReason, evidence.declineReason],
  ] as const
  const name = (
    <>
      <strong>{workItem.key}</strong> {workItem.title}
    </>
  )
  return (
    <li className={styles.row}>
      <Badge tone={READING_TONES[reading]}>{bugOrFeature.readings[reading]}</Badge>
      <div className={styles.words}>
        <p>{mayRead ? <Go to={paths.workItem(workItem.key)}>{name}</Go> : name}</p>
        <p className={styles.marks}>
          <span>{texts.words.workItemKind[workItem.kind]}</span>
          <Badge tone={WORK_ITEM_TONES[workItem.state]}>{texts.words.workItemState[workItem.state]}</Badge>
          {isAsked ? <Badge tone={HAS_TONES[has]}>{hasWords[has]}</Badge> : null}
          {firstIn === null ? null : (
            <span>
              {bugOrFeature.firstIn} <Go to={paths.release(firstIn.id)}>{firstIn.name}</Go>
            </span>
          )}
          {planned === null ? null : <span>{`${planned.name} · ${when(planned)}`}</span>}
        </p>
        <p className={styles.reasons}>{reasons.map((reason) => say(reason, texts)).join(' · ')}</p>
        <Pairs pairs={pairs.filter(([, text]) => text !== said)} />
      </div>
    </li>
  )
}
