import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Audience } from '../../src/domain/audience.ts'
import { type Entry, type Home, useTimeline } from '../api/timeline.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'
import { changeWords } from './change-words.ts'
import { Files } from './files.tsx'
import { Go } from './go.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Markdown } from './markdown.tsx'
import { Face } from './person.tsx'
import { Failed, Loading } from './states.tsx'
import { Time } from './time.tsx'
import styles from './timeline.module.css'
import { partRuns } from './timeline-runs.ts'

/** Words, files and happenings of one record, the latest first, as the server pages them. */
export const Timeline = ({ home }: { readonly home: Home }) => {
  const texts = useTexts()
  const { items, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useTimeline(home)
  if (isPending) return <Loading />
  if (error !== null && items.length === 0) return <Failed error={error} retry={() => void refetch()} />
  return (
    <>
      {items.length === 0 ? <p className="quiet">{texts.timeline.empty}</p> : null}
      <ol className={styles.timeline}>
        {partRuns(items).map((block) =>
          block.type === 'run' ? (
            <li key={`run ${block.events.at(-1)?.id}`}>
              <Run events={block.events} />
            </li>
          ) : (
            <li key={`${block.entry.type} ${block.entry.id}`}>
              <One entry={block.entry} home={home} />
            </li>
          ),
        )}
      </ol>
      {hasNextPage ? (
        <div className={styles.more}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {texts.timeline.earlier}
          </Button>
        </div>
      ) : null}
    </>
  )
}

type Happening = Extract<Entry, { type: 'event' }>

/** Of what happened with no word between, the latest; the rest is one click away. */
const SHOWN_OF_RUN = 3

const Run = ({ events }: { readonly events: readonly Happening[] }) => {
  const texts = useTexts()
  const [isOpen, setOpen] = useState(false)
  // one more line is no longer than the button that would hide it
  const shown = isOpen || events.length <= SHOWN_OF_RUN + 1 ? events : events.slice(0, SHOWN_OF_RUN)
  return (
    <div className={styles.run}>
      {shown.map((event) => (
        <Happened key={event.id} entry={event} words={eventWords(texts, event.kind)} />
      ))}
      {shown.length === events.length ? null : (
        <div>
          <button type="button" className={styles.fold} onClick={() => setOpen(true)}>
            {texts.timeline.folded(events.length - shown.length)}
          </button>
        </div>
      )}
    </div>
  )
}

interface Shown<E> {
  readonly entry: E
  readonly home: Home
}

const One = ({ entry, ...rest }: Shown<Exclude<Entry, Happening>>) =>
  entry.type === 'comment' ? <Said entry={entry} {...rest} /> : <LooseFile entry={entry} {...rest} />

const AUDIENCE_ICONS: Readonly<Record<Audience, IconName>> = {
  everyone: 'globe',
  staff: 'lock',
  support: 'lock',
  engineering: 'engine',
}

export const AudienceMark = ({ audience }: { readonly audience: Audience }) => {
  const texts = useTexts()
  return (
    <span className={styles.audience}>
      <Icon name={AUDIENCE_ICONS[audience]} size={13} />
      {texts.audience[audience]}
    </span>
  )
}

const Said = ({ entry, home }: Shown<Extract<Entry, { type: 'comment' }>>) => {
  const texts = useTexts()
  const { author, at, audience, text, editedAt, attachments, on } = entry
  // words of the other side show here too; where they were written is a click away
  const other = on !== undefined && (on.kind === 'ticket') !== (home.noun === 'tickets') ? on : null
  return (
    <section className={styles.said} data-inside={audience !== 'everyone'} data-from={author.kind}>
      <header>
        <Face name={author.name} />
        <strong>{author.name}</strong>
        {author.kind === 'contact' ? <span>{texts.timeline.customer}</span> : null}
        <Time at={at} />
        {editedAt === null ? null : <span>{texts.timeline.edited}</span>}
        {other === null ? null : (
          <Go to={other.kind === 'ticket' ? paths.ticket(other.key) : paths.workItem(other.key)}>
            {texts.timeline.on(other.key)}
          </Go>
        )}
        <AudienceMark audience={audience} />
      </header>
      <div className={styles.words}>
        <Markdown text={text} />
      </div>
      <Files files={attachments} />
    </section>
  )
}

const LooseFile = ({ entry }: Shown<Extract<Entry, { type: 'attachment' }>>) => {
  const texts = useTexts()
  const { author, at, attachment } = entry
  const audience = attachment.audience ?? 'everyone'
  return (
    <section className={styles.said} data-inside={audience !== 'everyone'} data-from={author.kind}>
      <header>
        <Face name={author.name} />
        <strong>{author.name}</strong>
        <span>{texts.timeline.attached}</span>
        <Time at={at} />
        <AudienceMark audience={audience} />
      </header>
      <div className={styles.words}>
        <Files files={[attachment]} />
      </div>
    </section>
  )
}

const Happened = ({ entry, words }: { readonly entry: Happening; readonly words: string }) => {
  const texts = useTexts()
  const { at, actor, data } = entry
  return (
    <p className={styles.event} data-alone={actor === undefined || undefined}>
      <span>
        {actor === undefined ? null : <strong>{actor.name} </strong>}
        {words}
        {changeWords(data, texts)} · <Time at={at} />
      </span>
    </p>
  )
}

const isNamed = <T extends object>(words: T, name: string): name is Extract<keyof T, string> => name in words

const eventWords = (texts: Texts, kind: string): string =>
  isNamed(texts.events, kind) ? texts.events[kind] : kind
