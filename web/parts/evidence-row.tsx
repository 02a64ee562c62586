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

/** A work item or a note of a release that says something alike: what that means for the caller, and why it was found. */
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
  const { reading, workItem, note, reasons, has, firstIn, planned } = evidence
  const when = useReleaseWords()
  // what is declined is in no version, and of a note its version is what matters
  const isAsked = hasVersion && note === null && workItem?.state !== 'declined'
  const hasWords = { ...bugOrFeature.has, ...(workItem?.kind === 'defect' ? bugOrFeature.hasFix : {}) }
  const pairs = [
    [bugOrFeature.say, note?.say ?? null],
    [fields.behaviourNote, evidence.behaviourNote],
    [fields.workaround, evidence.workaround],
    [fields.declineReason, evidence.declineReason],
  ] as const
  return (
    <li className={styles.row}>
      <Badge tone={READING_TONES[reading]}>{bugOrFeature.readings[reading]}</Badge>
      <div className={styles.words}>
        {note === null ? null : (
          <p>
            <Go to={paths.releaseNotes(note.release.id)}>
              <strong>{note.release.name}</strong> {note.title}
            </Go>
          </p>
        )}
        {workItem === null ? null : <WorkName workItem={workItem} />}
        <p className={styles.marks}>
          {note === null ? null : <span>{texts.releaseNotes.kinds[note.kind]}</span>}
          {workItem === null ? null : (
            <>
              <span>{texts.words.workItemKind[workItem.kind]}</span>
              <Badge tone={WORK_ITEM_TONES[workItem.state]}>
                {texts.words.workItemState[workItem.state]}
              </Badge>
            </>
          )}
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

const WorkName = ({ workItem: { key, title } }: { readonly workItem: NonNullable<Evidence['workItem']> }) => {
  const name = (
    <>
      <strong>{key}</strong> {title}
    </>
  )
  return <p>{useMay('work-items.read') ? <Go to={paths.workItem(key)}>{name}</Go> : name}</p>
}
