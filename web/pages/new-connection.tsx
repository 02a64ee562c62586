import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { connectorsQuery } from '../api/connections.ts'
import { useMay } from '../api/session.ts'
import { ConnectionForm } from '../forms/connection-form.tsx'
import { CanDo } from '../parts/can-do.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { useGo, useQueryOfAddress } from '../parts/go.tsx'
import { GuideButton } from '../parts/guide.tsx'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** A tool that is not connected yet: its kind, where it is, who we are there. What crosses is said afterwards. */
export const NewConnection = () => {
  const { newConnection: words, connection } = useTexts()
  const mayWrite = useMay('configuration.write')
  const kinds = useQuery({ ...connectorsQuery, enabled: mayWrite })
  const asked = useQueryOfAddress()['kind']
  const go = useGo()
  if (!mayWrite)
    return (
      <>
        <ScreenHead title={words.title} about={words.about} />
        <NoRights />
      </>
    )
  if (kinds.isPending) return <Loading />
  if (kinds.data === undefined)
    return <Failed isScreen error={kinds.error} retry={() => void kinds.refetch()} />
  const kind = kinds.data.items.find((one) => one.kind === asked)
  return (
    <>
      <ScreenHead title={words.title} about={words.about} />
      <Cards>
        <Card title={words.kind}>
          <Select
            aria-label={words.kind}
            placeholder={words.kind}
            allowDeselect={false}
            data={kinds.data.items.map((one) => ({ value: one.kind, label: one.title }))}
            value={kind?.kind ?? null}
            onChange={(word) => go(paths.newConnection(word ?? undefined), { replace: true })}
          />
          {kind === undefined ? null : <GuideButton kind={kind.kind} />}
        </Card>
        {kind?.can == null ? null : (
          <Card title={connection.can}>
            <CanDo can={kind.can} />
          </Card>
        )}
        {kind === undefined ? null : (
          <Card title={kind.title}>
            <ConnectionForm
              key={kind.kind}
              kind={kind}
              stored={null}
              sendLabel={words.make}
              saved={(key, title) => {
                tell({ text: words.made(title), tone: 'good' })
                go(paths.connectionMapping(key))
              }}
            />
          </Card>
        )}
      </Cards>
    </>
  )
}
