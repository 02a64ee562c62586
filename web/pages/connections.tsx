import { useQuery } from '@tanstack/react-query'
import { type Connection, connectionsQuery } from '../api/connections.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { lastContact, standingOf } from '../parts/connection-words.ts'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useConnectionActions } from '../parts/use-connection-actions.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Connections = () => {
  const texts = useTexts()
  const { connections } = texts
  const self = useSelf()
  const go = useGo()
  const mayRead = mayDo(self, 'connections.read')
  const source = useQuery({ ...connectionsQuery, enabled: mayRead })
  const { actionsOf, dialog } = useConnectionActions()
  if (!mayRead)
    return (
      <>
        <ScreenHead title={connections.title} about={connections.about} />
        <NoRights />
      </>
    )
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={connections.add}
      reason={mayDo(self, 'configuration.write') ? null : roleReason(self, texts)}
      run={() => go(paths.newConnection())}
    />
  )
  const items = (source.data?.items ?? []).map((connection) => ({
    id: connection.id,
    key: connection.key,
    connection,
  }))
  return (
    <>
      <ScreenHead title={connections.title} about={connections.about}>
        {add}
      </ScreenHead>
      <WaitTabs />
      <List
        source={{
          items,
          isPending: source.isPending,
          error: source.error,
          refetch: source.refetch,
          hasNextPage: false,
          isFetchingNextPage: false,
          fetchNextPage: () => undefined,
        }}
        row={({ connection }) => (
          <Row
            opens
            row={{
              name: connection.title,
              face: <Icon name="link" />,
              about: <About connection={connection} />,
              facts: <Facts connection={connection} />,
              actions: [
                { label: texts.shell.open, reason: null, run: () => go(paths.connection(connection.key)) },
                ...actionsOf(connection),
              ],
            }}
          />
        )}
        open={({ key }) => go(paths.connection(key))}
        empty={
          <Empty icon="link" title={connections.empty} actions={add}>
            {connections.emptyAbout}
          </Empty>
        }
      />
      {dialog}
    </>
  )
}

const About = ({ connection }: { readonly connection: Connection }) => {
  const { connections } = useTexts()
  const at = lastContact(connection)
  return (
    <>
      {connections.party[connection.party]} · {connections.items(connection.mirrors)} ·{' '}
      {at === null ? (
        connections.never
      ) : (
        <>
          {connections.contact} <Time at={at} />
        </>
      )}
    </>
  )
}

const Facts = ({ connection }: { readonly connection: Connection }) => {
  const texts = useTexts()
  const { connections } = texts
  const { tone, word } = standingOf(connection, Date.now(), texts)
  return (
    <>
      {connection.waiting === 0 ? null : <Badge tone="info">{connections.waiting(connection.waiting)}</Badge>}
      {connection.holds === 0 ? null : <Badge tone="warn">{connections.holds(connection.holds)}</Badge>}
      {connection.conflicts === 0 ? null : (
        <Badge tone="bad">{connections.conflicts(connection.conflicts)}</Badge>
      )}
      {connection.unknownWrites === 0 ? null : (
        <Badge tone="bad">{connections.lost(connection.unknownWrites)}</Badge>
      )}
      <Badge tone={tone}>{word}</Badge>
    </>
  )
}
