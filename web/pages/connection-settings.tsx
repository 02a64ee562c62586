import { useQuery } from '@tanstack/react-query'
import { configurationQuery, connectorsQuery } from '../api/connections.ts'
import { useMay } from '../api/session.ts'
import { ConnectionForm } from '../forms/connection-form.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { ConnectionTabs } from '../parts/connection-tabs.tsx'
import { useParam } from '../parts/go.tsx'
import { GuideButton } from '../parts/guide.tsx'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** Where a tool is and who we are there. */
export const ConnectionSettings = () => {
  const key = useParam('key')
  const { newConnection: words } = useTexts()
  const mayRead = useMay('configuration.read')
  const found = useQuery({ ...configurationQuery(key), enabled: mayRead })
  const kinds = useQuery({ ...connectorsQuery, enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (found.isPending || kinds.isPending) return <Loading />
  if (found.data === undefined || kinds.data === undefined)
    return (
      <Failed
        isScreen
        error={found.error ?? kinds.error}
        retry={() => void Promise.all([found.refetch(), kinds.refetch()])}
      />
    )
  const { connection, revision, secrets } = found.data
  const kind = kinds.data.items.find((one) => one.kind === connection.kind)
  return (
    <>
      <ScreenHead title={words.settings(connection.title)} about={words.settingsAbout} />
      <ConnectionTabs of={key} title={connection.title} />
      <Cards>
        {kind === undefined ? null : (
          <Card title={kind.title}>
            <GuideButton kind={kind.kind} />
            <ConnectionForm
              key={revision}
              kind={kind}
              stored={{ key, revision, connection, secrets }}
              sendLabel={words.save}
              saved={() => tell({ text: words.saved, tone: 'good' })}
            />
          </Card>
        )}
      </Cards>
    </>
  )
}
