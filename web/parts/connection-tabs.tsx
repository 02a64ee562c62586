import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Tabs } from './tabs.tsx'

/** Connections, and what waits on all of them. */
export const WaitTabs = () => {
  const { chats, partners, repositories, waits } = useTexts()
  return (
    <Tabs
      label={waits.tabs.connections}
      places={[
        { to: paths.connections(), label: waits.tabs.connections },
        { to: paths.partners(), label: partners.title },
        { to: paths.repositories(), label: repositories.title },
        { to: paths.chats(), label: chats.title },
        { to: paths.holds(), label: waits.tabs.holds },
        { to: paths.conflicts(), label: waits.tabs.conflicts },
        { to: paths.lostAnswers(), label: waits.tabs.lost },
        { to: paths.crossings(), label: waits.tabs.written },
      ]}
    />
  )
}

/** One connection. */
export const ConnectionTabs = ({ of, title }: { readonly of: string; readonly title: string }) => {
  const { connection, pairs } = useTexts()
  return (
    <Tabs
      label={title}
      places={[
        { to: paths.connection(of), label: connection.tabs.health },
        { to: paths.connectionMapping(of), label: connection.tabs.mapping },
        { to: paths.connectionVersions(of), label: connection.tabs.versions },
        { to: paths.connectionPairs(of), label: pairs.tab },
        { to: paths.connectionSettings(of), label: connection.tabs.settings },
      ]}
    />
  )
}
