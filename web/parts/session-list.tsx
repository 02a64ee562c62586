import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Session, sessionsQuery, useEndSession } from '../api/account.ts'
import { factsOf } from '../api/problem.ts'
import { useTexts } from '../texts/texts.tsx'
import { agentWords } from './agent-words.ts'
import { Badge } from './badge.tsx'
import { Card } from './card.tsx'
import { problemWords } from './problem-words.ts'
import styles from './profile.module.css'
import { Failed, Loading } from './states.tsx'
import { tell } from './tell.tsx'
import { Time } from './time.tsx'

/** Every browser one is signed in at. This one is left by the menu, where everything it knows is forgotten too. */
export const SessionList = () => {
  const { profile } = useTexts()
  const sessions = useQuery(sessionsQuery)
  return (
    <Card title={profile.sessions.title}>
      {sessions.isPending ? (
        <Loading />
      ) : sessions.data === undefined ? (
        <Failed error={sessions.error} retry={() => void sessions.refetch()} />
      ) : sessions.data.items.length === 0 ? (
        <p className="quiet">{profile.sessions.none}</p>
      ) : (
        <ul className={styles.sessions}>
          {sessions.data.items.map((session) => (
            <One key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Card>
  )
}

const One = ({ session }: { readonly session: Session }) => {
  const texts = useTexts()
  const words = texts.profile.sessions
  const ending = useEndSession()
  const name = agentWords(session.agent) ?? words.unknown
  const end = (): void =>
    ending.mutate(session.id, {
      onSuccess: () => tell({ text: words.ended, tone: 'good' }),
      onError: (error) => tell({ text: problemWords(factsOf(error), texts).title, tone: 'bad' }),
    })
  return (
    <li>
      <span title={session.agent ?? undefined}>
        {name}
        {session.address === null ? null : <span className="quiet"> · {session.address}</span>}
        <small>
          {words.since} <Time at={session.createdAt} />
          {session.lastUsedAt === null ? null : (
            <>
              {' · '}
              {words.used} <Time at={session.lastUsedAt} />
            </>
          )}
        </small>
      </span>
      {session.current ? (
        <Badge tone="good">{words.here}</Badge>
      ) : (
        <Button
          variant="default"
          loading={ending.isPending}
          onClick={end}
          aria-label={words.endLong(`${name} ${session.address ?? ''}`.trim())}
        >
          {words.end}
        </Button>
      )}
    </li>
  )
}
