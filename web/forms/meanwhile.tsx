import { Button, Group } from '@mantine/core'
import { factsOf } from '../api/problem.ts'
import { useSelf } from '../api/session.ts'
import { type Home, useTimeline } from '../api/timeline.ts'
import type { Draft } from '../parts/drafts.ts'
import { Callout } from '../parts/record.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/**
 * Whether somebody spoke in public since these words were begun. Seen here as soon as the news arrive; the server looks
 * once more when the reply is sent. Null: nobody is told, because these words are no reply.
 */
export const useMeanwhile = (home: Home, draft: Draft | null) => {
  const { personId } = useSelf()
  const { items, isPending } = useTimeline(home)
  const latest = items.find(
    (entry) =>
      entry.type === 'comment' &&
      entry.audience === 'everyone' &&
      (entry.on === undefined || entry.on.kind === 'ticket'),
  )
  const author = latest?.type === 'comment' ? latest.author : null
  const isNew =
    draft !== null && draft.text !== '' && draft.seen !== undefined && (latest?.id ?? null) !== draft.seen
  return {
    /** What was said last in public; undefined while nobody knows. */
    latest: isPending ? undefined : (latest?.id ?? null),
    name: isNew && author !== null && author.id !== personId ? author.name : null,
    isAbout: (error: unknown): boolean => {
      const { code, field } = factsOf(error)
      return code === 'changed-meanwhile' && field === '/answering'
    },
  }
}

export const Meanwhile = ({
  error,
  meanwhile,
  read,
  sendAnyway,
}: {
  readonly error: unknown
  readonly meanwhile: ReturnType<typeof useMeanwhile>
  readonly read: () => void
  readonly sendAnyway: () => void
}) => {
  const { meanwhile: words } = useTexts()
  const isRefused = error !== null && meanwhile.isAbout(error)
  if (meanwhile.name === null && !isRefused) return null
  return (
    <div role="alert">
      <Callout
        tone="warn"
        title={meanwhile.name === null ? factsOf(error).detail : words.title(meanwhile.name)}
      >
        <p>{words.about}</p>
        <Group gap="xs">
          <Button variant="default" onClick={read}>
            {words.read}
          </Button>
          <Button variant="default" onClick={sendAnyway}>
            {words.anyway}
          </Button>
        </Group>
      </Callout>
    </div>
  )
}
