import { useQuery } from '@tanstack/react-query'
import { connectionQuery, connectorsQuery, type Connection as OneConnection } from '../api/connections.ts'
import { useMay } from '../api/session.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { CanDo } from '../parts/can-do.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { ConnectionTabs } from '../parts/connection-tabs.tsx'
import { lastContact, standingOf } from '../parts/connection-words.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Go, useParam } from '../parts/go.tsx'
import { GuideButton } from '../parts/guide.tsx'
import { holdWords } from '../parts/hold-words.ts'
import { Callout, FactList } from '../parts/record.tsx'
import { say } from '../parts/say.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useConnectionActions } from '../parts/use-connection-actions.tsx'
import waits from '../parts/waits.module.css'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { useLocale } from '../texts/texts.tsx'

/** How one connection fares, what waits on it, and what one can do about it. */
export const Connection = () => {
  const key = useParam('key')
  const mayRead = useMay('connections.read')
  const connection = useQuery({ ...connectionQuery(key), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (connection.isPending) return <Loading />
  if (connection.data === undefined)
    return <Failed isScreen error={connection.error} retry={() => void connection.refetch()} />
  return <Health connection={connection.data} />
}

const Health = ({ connection }: { readonly connection: OneConnection }) => {
  const texts = useTexts()
  const words = texts.connection
  const { actionsOf, dialog } = useConnectionActions()
  const { tone, word } = standingOf(connection, Date.now(), texts)
  return (
    <>
      <ScreenHead title={connection.title} about={texts.connections.party[connection.party]}>
        <div className={waits.tools}>
          {actionsOf(connection).map((action) => (
            <ActionButton key={action.label} {...action} />
          ))}
        </div>
      </ScreenHead>
      <ConnectionTabs of={connection.key} title={connection.title} />
      <Cards>
        {connection.stateReason === null ? null : (
          <Callout tone={tone} title={word}>
            <p>{say(connection.stateReason, texts)}</p>
          </Callout>
        )}
        {connection.fault === null ? null : (
          <Callout tone="bad" title={words.fault}>
            <p>
              {connection.fault.detail} · <Time at={connection.fault.at} />
            </p>
          </Callout>
        )}
        <Card title={words.waits}>
          <Waits connection={connection} />
        </Card>
        <Card title={words.health} mark={<Badge tone={tone}>{word}</Badge>}>
          <Figures connection={connection} />
        </Card>
        <Card title={words.webhook}>
          <Webhook connection={connection} />
        </Card>
        <Abilities kind={connection.kind} />
      </Cards>
      {dialog}
    </>
  )
}

const Waits = ({ connection }: { readonly connection: OneConnection }) => {
  const texts = useTexts()
  const { connections, connection: words } = texts
  const { key, holds, conflicts, unknownWrites } = connection
  if (holds + conflicts + unknownWrites === 0) return <p className="quiet plain">{words.nothingWaits}</p>
  return (
    <>
      {holds === 0 ? null : (
        <p className="plain">
          <Go to={paths.holds({ connection: key })}>{connections.holds(holds)}</Go>{' '}
          {connection.mostUrgentHold === null ? null : (
            <span className="quiet">
              {words.mostHold} {holdWords(connection.mostUrgentHold, texts).reason}
            </span>
          )}
        </p>
      )}
      {conflicts === 0 ? null : (
        <p className="plain">
          <Go to={paths.conflicts({ connection: key })}>{connections.conflicts(conflicts)}</Go>
        </p>
      )}
      {unknownWrites === 0 ? null : (
        <p className="plain">
          <Go to={paths.lostAnswers({ connection: key })}>{connections.lost(unknownWrites)}</Go>
        </p>
      )}
    </>
  )
}

const Figures = ({ connection }: { readonly connection: OneConnection }) => {
  const { connection: words, connections } = useTexts()
  const locale = useLocale()
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const at = lastContact(connection)
  const { budget } = connection
  return (
    <div className={waits.figures}>
      <FactList
        facts={[
          [
            words.lag,
            connection.waitingSince === null ? words.noLag : <Time key="l" at={connection.waitingSince} />,
          ],
          [words.dirty, number.format(connection.waiting)],
          [words.mirrors, number.format(connection.mirrors)],
          [connections.contact, at === null ? connections.never : <Time key="c" at={at} />],
          [words.polled, connection.polledAt === null ? null : <Time key="p" at={connection.polledAt} />],
          [words.swept, connection.sweptAt === null ? null : <Time key="s" at={connection.sweptAt} />],
          [words.sweepFound, number.format(connection.sweepFound)],
          [words.missed, `${number.format(connection.missedByWebhook)} ${words.missedAbout}`],
          [
            words.budget,
            budget === null
              ? words.budgetElsewhere
              : [
                  words.budgetOf(Math.floor(budget.left), budget.perSecond),
                  ...(budget.waiting === 0 ? [] : [words.budgetWaiting(budget.waiting)]),
                ].join(' · '),
          ],
          [
            words.version,
            <Go key="v" to={paths.connectionVersions(connection.key)}>
              {String(connection.mappingVersion)}
            </Go>,
          ],
        ]}
      />
    </div>
  )
}

const Webhook = ({ connection }: { readonly connection: OneConnection }) => {
  const { connection: words } = useTexts()
  const kinds = useQuery(connectorsQuery)
  const rings = kinds.data?.items.find(({ kind }) => kind === connection.kind)?.can?.webhooks ?? true
  if (!rings) return <p className="quiet plain">{words.webhookNone}</p>
  return (
    <>
      {connection.webhookUrl === null ? (
        <p className="quiet plain">{words.webhookUnknown}</p>
      ) : (
        <>
          <CopyText text={connection.webhookUrl} label={words.webhook} />
          <p className="quiet plain">{connection.hook === null ? words.webhookAbout : words.webhookKept}</p>
        </>
      )}
      {connection.hook === null ? null : <KeptHook hook={connection.hook} />}
      {connection.lastRejectedDelivery === null ? null : (
        <p className="plain">
          {words.rejected}: {connection.lastRejectedDelivery.reason}{' '}
          <Time at={connection.lastRejectedDelivery.at} />
        </p>
      )}
    </>
  )
}

const KeptHook = ({ hook }: { readonly hook: NonNullable<OneConnection['hook']> }) => {
  const { connection: words } = useTexts()
  return (
    <>
      {hook.problem === null ? null : (
        <Callout tone="warn" title={words.webhookRefused}>
          <p>{hook.problem}</p>
        </Callout>
      )}
      <FactList
        facts={[
          [words.webhookLooked, <Time key="l" at={hook.at} />],
          [words.webhookUntil, hook.until === null ? null : <Time key="u" at={hook.until} />],
        ]}
      />
    </>
  )
}

const Abilities = ({ kind }: { readonly kind: string }) => {
  const { connection: words } = useTexts()
  const kinds = useQuery(connectorsQuery)
  const can = kinds.data?.items.find((one) => one.kind === kind)?.can ?? null
  return (
    <Card title={words.can}>
      {can === null ? null : <CanDo can={can} />}
      <GuideButton kind={kind} />
    </Card>
  )
}
