import { Button } from '@mantine/core'
import type { BugOrFeature, Evidence } from '../api/bug-or-feature.ts'
import { useMay } from '../api/session.ts'
import { type BugOrFeatureWords, paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { CopyButton } from './copy-text.tsx'
import { EvidenceRow } from './evidence-row.tsx'
import { Go, useGo } from './go.tsx'
import { useReleaseWords } from './release-station.tsx'
import { Section } from './screen.tsx'
import { titleOfWords } from './title-of-words.ts'
import { READING_TONES } from './tones.ts'
import styles from './verdict-on-words.module.css'

type Words = BugOrFeatureWords & { readonly text: string }

/** What it is, what to say, and what that is read from. */
export const VerdictOnWords = ({
  words,
  answer,
  isOlder,
}: {
  readonly words: Words
  readonly answer: BugOrFeature
  /** Said of what was typed before; the newer answer is on its way. */
  readonly isOlder: boolean
}) => {
  const { bugOrFeature } = useTexts()
  const { verdict, evidence, release } = answer
  const [best] = evidence
  return (
    <div aria-busy={isOlder}>
      <section
        className={styles.verdict}
        data-tone={verdict === 'unknown' ? 'plain' : READING_TONES[verdict]}
        aria-label={bugOrFeature.title}
      >
        <div role="status">
          <h2>{bugOrFeature.verdicts[verdict]}</h2>
          <p className={styles.about}>{useAbout(best)}</p>
        </div>
        {verdict === 'unknown' || best === undefined ? (
          <OpenTicket words={words} />
        ) : (
          <WhatToSay verdict={verdict} evidence={best} />
        )}
        <Runs words={words} release={release} />
      </section>
      {evidence.length === 0 ? null : (
        <Section title={bugOrFeature.evidence} count={evidence.length}>
          <ul className={styles.rows}>
            {evidence.map((one) => (
              <EvidenceRow
                key={one.note?.id ?? one.workItem?.id}
                evidence={one}
                hasVersion={words.version !== undefined}
                said={one === best ? wordsToSay(verdict, one) : null}
              />
            ))}
          </ul>
        </Section>
      )}
    </div>
  )
}

const useAbout = (best: Evidence | undefined): string => {
  const { abouts, noteAbouts } = useTexts().bugOrFeature
  if (best === undefined) return abouts.nothing
  const { reading, planned, firstIn, workItem, note } = best
  if (note !== null) return noteAbouts[reading](note.release.name)
  const isInNone = reading === 'newer' && planned === null && firstIn === null
  const lacks = reading === 'known defect' && workItem?.state === 'done'
  return abouts[isInNone ? 'inNone' : lacks ? 'lacks' : reading](workItem?.key ?? '')
}

const wordsToSay = (
  verdict: BugOrFeature['verdict'],
  { behaviourNote, declineReason, workaround, note }: Evidence,
): string | null =>
  verdict === 'unknown'
    ? null
    : verdict === 'intended'
      ? (note?.say ?? behaviourNote ?? declineReason)
      : workaround

const WhatToSay = ({
  verdict,
  evidence,
}: {
  readonly verdict: 'intended' | 'known defect'
  readonly evidence: Evidence
}) => {
  const { bugOrFeature, fields } = useTexts()
  const when = useReleaseWords()
  const { behaviourNote, planned } = evidence
  const isDefect = verdict === 'known defect'
  const words = wordsToSay(verdict, evidence)
  const title = isDefect
    ? fields.workaround
    : behaviourNote === null
      ? fields.declineReason
      : bugOrFeature.say
  return (
    <>
      {words === null ? (
        isDefect ? (
          <p className="quiet plain">{bugOrFeature.noWorkaround}</p>
        ) : null
      ) : (
        <div className={styles.say}>
          <h3>{title}</h3>
          <p className={styles.said}>{words}</p>
          <CopyButton key={words} text={words} />
        </div>
      )}
      {isDefect && planned !== null ? (
        <div className={styles.say}>
          <h3>{bugOrFeature.release}</h3>
          <p className={styles.said}>
            <Go to={paths.release(planned.id)}>{planned.name}</Go>
            {` · ${when(planned)}`}
          </p>
        </div>
      ) : null}
    </>
  )
}

/** Which release the version is; or that nobody knows, which weakens all that is said here. */
const Runs = ({
  words: { product, version },
  release,
}: {
  readonly words: Words
  readonly release: BugOrFeature['release']
}) => {
  const { bugOrFeature } = useTexts()
  return (
    <p className={`quiet plain ${styles.runs}`}>
      {version === undefined ? (
        bugOrFeature.noVersion
      ) : release === null ? (
        product === undefined ? (
          bugOrFeature.noProduct
        ) : (
          bugOrFeature.noRelease(version)
        )
      ) : (
        <>
          {bugOrFeature.runs} <Go to={paths.release(release.id)}>{release.name}</Go>
        </>
      )}
    </p>
  )
}

const OpenTicket = ({ words: { text, product, version, customer } }: { readonly words: Words }) => {
  const { bugOrFeature } = useTexts()
  const go = useGo()
  if (!useMay('tickets.create')) return null
  return (
    <Button
      className={styles.open}
      onClick={() =>
        go(paths.newTicket({ title: titleOfWords(text), description: text, product, version, customer }))
      }
    >
      {bugOrFeature.open}
    </Button>
  )
}
