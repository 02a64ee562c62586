import { Modal, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { type Crossing, type Story, useLookAgain, useSettle, whyQuery } from '../api/sync.ts'
import { UndoDialog } from '../forms/undo-dialog.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { fieldName, ruleWords } from './field-words.ts'
import { holdWords } from './hold-words.ts'
import { Icon } from './icons.tsx'
import { Actions, Callout } from './record.tsx'
import { roleReason } from './roles.ts'
import { shownValue } from './shown-value.ts'
import { Failed, FormProblem, Loading } from './states.tsx'
import { tell } from './tell.tsx'
import { Time } from './time.tsx'
import type { Tone } from './tones.ts'
import styles from './why.module.css'

/**
 * Why a field of a record is as it is: what both sides showed when they last agreed, who set it, by which rule, what
 * waits, and every time it went over. Usable on any record with a mirror; `field` opens at that one.
 */
export const WhyButton = ({ of, field }: { readonly of: string; readonly field?: string }) => {
  const texts = useTexts()
  const self = useSelf()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ActionButton
        size="xs"
        variant="subtle"
        leftSection={<Icon name="search" size={13} />}
        label={texts.why.open}
        reason={mayDo(self, 'sync.explain') ? null : roleReason(self, texts)}
        run={() => setOpen(true)}
      />
      {isOpen ? (
        <WhyDialog of={of} close={() => setOpen(false)} {...(field === undefined ? {} : { field })} />
      ) : null}
    </>
  )
}

export const WhyDialog = ({
  of,
  field,
  close,
}: {
  /** Key of a record here, or of its item there. */
  readonly of: string
  readonly field?: string
  readonly close: () => void
}) => {
  const texts = useTexts()
  const self = useSelf()
  const why = useQuery({ ...whyQuery(of), enabled: useMay('sync.explain') })
  const looking = useLookAgain()
  return (
    <Modal opened onClose={close} title={texts.why.title(of)} size="lg">
      <Stack gap="sm">
        <Actions label={texts.why.title(of)}>
          <ActionButton
            label={texts.why.lookAgain}
            loading={looking.isPending}
            reason={mayDo(self, 'sync.request') ? null : roleReason(self, texts)}
            run={() =>
              looking.mutate(of, { onSuccess: () => tell({ text: texts.why.looking, tone: 'good' }) })
            }
          />
        </Actions>
        <FormProblem error={looking.error} />
        {why.isPending ? <Loading /> : null}
        {why.error !== null && why.data === undefined ? (
          <Failed error={why.error} retry={() => void why.refetch()} />
        ) : null}
        {why.data === undefined ? null : <Stories stories={why.data.fields} field={field} />}
      </Stack>
    </Modal>
  )
}

const Stories = ({
  stories,
  field,
}: {
  readonly stories: readonly Story[]
  readonly field: string | undefined
}) => {
  const texts = useTexts()
  if (stories.length === 0) return <p className="quiet">{texts.why.none}</p>
  return (
    <ul className={styles.stories}>
      {stories.map((story) => (
        <li key={`${story.connection} ${story.item.key} ${story.field}~${story.toolField}`}>
          <OneStory story={story} isOpen={story.field === field || waits(story)} />
        </li>
      ))}
    </ul>
  )
}

const waits = (story: Story): boolean => story.hold !== null || story.conflict !== null

const standing = (story: Story): { readonly tone: Tone; readonly word: keyof WhyWords } => {
  if (story.conflict !== null) return { tone: 'bad', word: 'conflict' }
  if (story.hold !== null) return { tone: 'warn', word: 'held' }
  if (story.bothEmpty) return { tone: 'plain', word: 'empty' }
  return story.value === null && story.there === null
    ? { tone: 'info', word: 'notYet' }
    : { tone: 'good', word: 'inStep' }
}
type WhyWords = Record<'conflict' | 'held' | 'empty' | 'notYet' | 'inStep', string>

const OneStory = ({ story, isOpen }: { readonly story: Story; readonly isOpen: boolean }) => {
  const texts = useTexts()
  const { tone, word } = standing(story)
  return (
    <details className={styles.story} open={isOpen}>
      <summary>
        <strong>{fieldName(story.field, texts)}</strong>
        <span className="quiet">
          ↔ {story.toolField} · {story.connection} {story.item.key}
        </span>
        <Badge tone={tone}>{texts.why.standing[word]}</Badge>
      </summary>
      <div className={styles.inside}>
        <Sides
          sides={[
            [texts.why.here, story.value],
            [texts.why.there, story.there],
          ]}
        />
        <Rule story={story} />
        {story.hold === null ? null : (
          <Callout tone="warn" title={holdWords(story.hold, texts).reason}>
            <p>{holdWords(story.hold, texts).nextStep}</p>
          </Callout>
        )}
        {story.conflict === null ? null : <OpenConflict conflict={story.conflict} />}
        <Crossings crossings={story.crossings} />
      </div>
    </details>
  )
}

const Rule = ({ story }: { readonly story: Story }) => {
  const texts = useTexts()
  return (
    <p className="quiet plain">
      {[
        story.rule === null ? null : ruleWords(story.rule, texts),
        story.by === null ? null : texts.why.lastBy(texts.why.sides[story.by] ?? story.by),
      ]
        .filter(Boolean)
        .join(' · ')}
      {story.at === null || story.at === '' ? null : (
        <>
          {' · '}
          <Time at={story.at} />
        </>
      )}
    </p>
  )
}

export const Sides = ({
  sides,
}: {
  readonly sides: readonly (readonly [label: string, value: unknown])[]
}) => {
  const texts = useTexts()
  return (
    <dl className={styles.sides}>
      {sides.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{shownValue(value) ?? <span className="quiet">{texts.why.nothing}</span>}</dd>
        </div>
      ))}
    </dl>
  )
}

const OpenConflict = ({ conflict }: { readonly conflict: NonNullable<Story['conflict']> }) => {
  const texts = useTexts()
  const self = useSelf()
  const settling = useSettle()
  const reason = mayDo(self, 'conflicts.settle') ? null : roleReason(self, texts)
  const take = (choice: 'hub' | 'tool') => (): void =>
    settling.mutate(
      { id: conflict.id, choice },
      { onSuccess: () => tell({ text: texts.why.settled, tone: 'good' }) },
    )
  return (
    <Callout tone="bad" title={texts.why.bothChanged}>
      <Sides
        sides={[
          [texts.why.here, conflict.hub],
          [texts.why.there, conflict.tool],
        ]}
      />
      <Actions label={texts.why.bothChanged}>
        <ActionButton
          label={texts.why.takeHere}
          reason={reason}
          loading={settling.isPending}
          run={take('hub')}
        />
        <ActionButton
          label={texts.why.takeThere}
          reason={reason}
          loading={settling.isPending}
          run={take('tool')}
        />
      </Actions>
      <FormProblem error={settling.error} />
    </Callout>
  )
}

const Crossings = ({ crossings }: { readonly crossings: readonly Crossing[] }) => {
  const texts = useTexts()
  if (crossings.length === 0) return <p className="quiet plain">{texts.why.neverCrossed}</p>
  return (
    <>
      <h3>{texts.why.crossings}</h3>
      <ol className={styles.crossings}>
        {crossings.map((crossing, index) => (
          <li key={crossing.eventId}>
            <OneCrossing crossing={crossing} isLatest={index === 0} />
          </li>
        ))}
      </ol>
    </>
  )
}

const OneCrossing = ({ crossing, isLatest }: { readonly crossing: Crossing; readonly isLatest: boolean }) => {
  const texts = useTexts()
  const self = useSelf()
  const [isUndoing, setUndoing] = useState(false)
  const { line } = crossing
  return (
    <>
      <span className={styles.values}>
        {line.to === 'tool' ? texts.why.sent : texts.why.taken}{' '}
        <strong>{shownValue(line.value) ?? texts.why.nothing}</strong>{' '}
        <span className="quiet">{texts.why.before(shownValue(line.before) ?? texts.why.nothing)}</span>
      </span>
      {line.overwrites === undefined ? null : (
        <span>{texts.why.overwrote(shownValue(line.overwrites) ?? texts.why.nothing)}</span>
      )}
      <small>
        {crossing.actor.name} · {texts.why.rules[line.rule] ?? line.rule} · <Time at={crossing.at} />
      </small>
      {isLatest ? (
        <span>
          <ActionButton
            size="xs"
            variant="subtle"
            label={texts.why.undo}
            reason={mayDo(self, 'sync.undo') ? null : roleReason(self, texts)}
            run={() => setUndoing(true)}
          />
        </span>
      ) : null}
      {isUndoing ? <UndoDialog of={{ event: crossing.eventId }} close={() => setUndoing(false)} /> : null}
    </>
  )
}
