import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { voicesQuery, type WorkItem } from '../api/work-items.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Go } from './go.tsx'
import { Markdown } from './markdown.tsx'
import { Block, Callout, Pairs, recordStyles as styles } from './record.tsx'
import { Failed, Loading } from './states.tsx'
import { Time } from './time.tsx'

/** What is wrong, how it shows itself, and what to do until it is mended. */
export const WorkItemStory = ({ item }: { readonly item: WorkItem }) => {
  const texts = useTexts()
  const { fields } = texts
  const { steps, expected, actual } = item
  const isUnexplained = item.kind === 'defect' && steps === null && expected === null && actual === null
  return (
    <>
      <Block title={fields.description}>
        {item.description.trim() === '' ? (
          <p className="quiet">{texts.ticket.noDescription}</p>
        ) : (
          <Markdown text={item.description} />
        )}
      </Block>
      <Block title={texts.workEdit.reproduce}>
        {isUnexplained ? <p className="quiet">{texts.workEdit.nothing}</p> : null}
        <Pairs
          pairs={[
            [fields.steps, steps],
            [fields.expected, expected],
            [fields.actual, actual],
            [fields.frequency, item.frequency],
            [fields.since, item.since],
            [fields.environment, item.environment],
            [fields.version, item.version],
            [fields.workaround, item.workaround],
            [fields.rootCause, item.rootCause],
            [fields.behaviourNote, item.behaviourNote],
          ]}
        />
      </Block>
    </>
  )
}

/** The customers behind it, in their own words; asked for when somebody wants to read them. */
export const Voices = ({ refOfItem, item }: { readonly refOfItem: string; readonly item: WorkItem }) => {
  const texts = useTexts()
  const [isOpen, setOpen] = useState(false)
  if (item.ticketCount === 0) return null
  return (
    <Block title={texts.voices.title}>
      {isOpen ? (
        <AllVoices refOfItem={refOfItem} />
      ) : (
        <Button variant="default" onClick={() => setOpen(true)}>
          {texts.voices.show}
        </Button>
      )}
    </Block>
  )
}

const AllVoices = ({ refOfItem }: { readonly refOfItem: string }) => {
  const texts = useTexts()
  const voices = useQuery(voicesQuery(refOfItem))
  if (voices.isPending) return <Loading />
  if (voices.data === undefined) return <Failed error={voices.error} retry={() => void voices.refetch()} />
  if (voices.data.items.length === 0) return <p className="quiet">{texts.voices.none}</p>
  return (
    <ul className={styles.cards}>
      {voices.data.items.map((voice) => (
        <li key={voice.id} className={styles.card}>
          <span>
            <Go to={paths.ticket(voice.key)} aria-label={texts.voices.ofTicket(voice.key)}>
              {voice.key}
            </Go>{' '}
            <strong>{voice.contact ?? voice.customer ?? texts.voices.nobody}</strong>{' '}
            <small>
              {voice.contact === null ? '' : `${voice.customer ?? ''} `}
              <Time at={voice.at} />
            </small>
          </span>
          <Markdown text={voice.description} />
          {voice.said.map((words) => (
            <div key={words.id}>
              <small>
                {words.author} <Time at={words.at} />
              </small>
              <Markdown text={words.text} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

/** What became of it, where it was refused or is known under another key. */
export const Verdict = ({ item }: { readonly item: WorkItem }) => {
  const texts = useTexts()
  const { state, declineReason, duplicateOf, duplicateKey } = item
  if (state === 'declined')
    return (
      <Callout tone="bad" title={texts.words.workItemState.declined}>
        <p>{declineReason}</p>
      </Callout>
    )
  if (state !== 'duplicate') return null
  return (
    <Callout tone="info" title={texts.workItem.duplicateOf}>
      {duplicateOf === null ? (
        <p>{duplicateKey}</p>
      ) : (
        <Go to={paths.workItem(duplicateOf.key)}>{`${duplicateOf.key} ${duplicateOf.title}`}</Go>
      )}
    </Callout>
  )
}
