import { Button } from '@mantine/core'
import { type Entry, fileAddress, type PortalFile, useConversation } from '../api/portal.ts'
import { Files } from '../parts/files.tsx'
import { Face } from '../parts/person.tsx'
import { Failed, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import styles from '../parts/timeline.module.css'
import { useTexts } from '../texts/texts.tsx'
import { WordsShown } from './words-shown.tsx'

/** What was said between a customer and us, and what came of it; the latest first. */
export const Conversation = ({ refOfRequest }: { readonly refOfRequest: string }) => {
  const texts = useTexts()
  const { portal } = texts
  const { items, isPending, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useConversation(refOfRequest)
  if (isPending) return <Loading />
  if (error !== null && items.length === 0) return <Failed error={error} retry={() => void refetch()} />
  return (
    <section aria-label={portal.conversation}>
      {items.length === 0 ? <p className="quiet">{texts.timeline.empty}</p> : null}
      <ol className={styles.timeline}>
        {items.map((entry) => (
          <li key={`${entry.type} ${entry.id}`}>
            {entry.type === 'event' ? <Happened entry={entry} /> : <Said entry={entry} />}
          </li>
        ))}
      </ol>
      {hasNextPage ? (
        <div className={styles.more}>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {texts.timeline.earlier}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

const Said = ({ entry }: { readonly entry: Entry }) => {
  const texts = useTexts()
  const { author, at, text, editedAt, files } = entry
  const name = author?.name ?? texts.portal.support
  return (
    <article className={styles.said} data-from={author?.kind}>
      <header>
        <Face name={name} />
        <strong>{name}</strong>
        {author?.kind === 'staff' && author.name !== null ? <span>{texts.portal.support}</span> : null}
        {text === null ? <span>{texts.timeline.attached}</span> : null}
        <Time at={at} />
        {editedAt === null ? null : <span>{texts.timeline.edited}</span>}
      </header>
      <div className={styles.words}>
        {text === null ? <PortalFiles files={files} /> : <WordsShown text={text} />}
      </div>
      {text === null ? null : <PortalFiles files={files} />}
    </article>
  )
}

const PortalFiles = ({ files }: { readonly files: readonly PortalFile[] }) => (
  <Files files={files} addressOf={fileAddress} />
)

const Happened = ({ entry: { kind, at } }: { readonly entry: Entry }) => {
  const { portal } = useTexts()
  const words = kind === null ? undefined : portal.events[kind]
  return words === undefined ? null : (
    <p className={styles.event} data-alone>
      <span>
        {words} · <Time at={at} />
      </span>
    </p>
  )
}
