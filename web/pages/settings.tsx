import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { byteSize } from '../../src/lib/byte-size.ts'
import {
  type Settings as Decided,
  settingsQuery,
  testMailQuery,
  useSendTestMail,
} from '../api/administration.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { OrganisationSettings, SignInSettings } from '../forms/organisation-settings.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Card, Cards } from '../parts/card.tsx'
import styles from '../parts/profile.module.css'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, FormProblem, Loading, NoRights } from '../parts/states.tsx'
import { SettingsTabs } from '../parts/tabs.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** What holds for everybody: decided here, or where Causeway is started. */
export const Settings = () => {
  const texts = useTexts()
  const self = useSelf()
  const mayRead = mayDo(self, 'settings.read')
  const asked = useQuery({ ...settingsQuery, enabled: mayRead })
  const head = <ScreenHead title={texts.settings.title} about={texts.settings.about} />
  if (!mayRead)
    return (
      <>
        {head}
        <NoRights />
      </>
    )
  const reason = mayDo(self, 'settings.write') ? null : roleReason(self, texts)
  return (
    <>
      {head}
      <SettingsTabs />
      {asked.isPending ? (
        <Loading />
      ) : asked.isError ? (
        <Failed error={asked.error} retry={() => void asked.refetch()} />
      ) : (
        // what another admin decides meanwhile fills the fields anew
        <Cards key={JSON.stringify(asked.data)}>
          <OrganisationSettings settings={asked.data} reason={reason} />
          <SignInSettings settings={asked.data} reason={reason} />
          <Environment {...asked.data.environment} reason={reason} />
        </Cards>
      )}
    </>
  )
}

const Environment = ({
  publicUrl,
  provider,
  mail,
  database,
  version,
  uploadMaxBytes,
  reason,
}: Decided['environment'] & { readonly reason: string | null }) => {
  const { settings: words } = useTexts()
  return (
    <>
      <Card title={words.address.title} about={words.address.about}>
        <p className="plain">{publicUrl ?? words.address.none}</p>
        <SetBy>CAUSEWAY_PUBLIC_URL=https://causeway.example.org</SetBy>
      </Card>
      <Card title={words.mail.title} about={words.mail.about}>
        {mail === null ? (
          <p className="plain">{words.mail.none}</p>
        ) : (
          <dl className={styles.facts}>
            <dt>{words.mail.server}</dt>
            <dd>{mail.server}</dd>
            <dt>{words.mail.from}</dt>
            <dd>{mail.from}</dd>
          </dl>
        )}
        <TestMail isOn={mail !== null} reason={reason} />
        <SetBy>
          {
            'CAUSEWAY_SMTP_URL=smtp://user:password@mail.example.org:587\nCAUSEWAY_MAIL_FROM="Support <support@example.org>"'
          }
        </SetBy>
      </Card>
      <Card title={words.provider.title}>
        <p className="plain">{provider === null ? words.provider.off : words.provider.on(provider)}</p>
        <SetBy>
          {
            'CAUSEWAY_OIDC_ISSUER=https://id.example.org/realms/NAME\nCAUSEWAY_OIDC_CLIENT_ID=causeway\nCAUSEWAY_OIDC_CLIENT_SECRET=…'
          }
        </SetBy>
      </Card>
      <Card title={words.data.title}>
        <dl className={styles.facts}>
          <dt>{words.data.database}</dt>
          <dd>{database === 'embedded' ? words.data.embedded : words.data.postgres}</dd>
          <dt>{words.data.upload}</dt>
          <dd>{byteSize(uploadMaxBytes)}</dd>
          <dt>{words.data.version}</dt>
          <dd>{version}</dd>
        </dl>
        <SetBy label={words.data.backup}>npx causeway backup causeway.backup</SetBy>
        {database === 'embedded' ? (
          <SetBy label={words.data.move}>DATABASE_URL=postgresql://user:password@host:5432/causeway</SetBy>
        ) : null}
      </Card>
    </>
  )
}

const SetBy = ({ label, children }: { readonly label?: string; readonly children: ReactNode }) => {
  const { settings: words } = useTexts()
  return (
    <div>
      <p className="plain quiet">{label ?? words.setBy}</p>
      <pre className={styles.setting}>
        <code>{children}</code>
      </pre>
    </div>
  )
}

const TestMail = ({ isOn, reason }: { readonly isOn: boolean; readonly reason: string | null }) => {
  const texts = useTexts()
  const words = texts.settings.mail
  const mayAsk = isOn && reason === null
  const standing = useQuery({ ...testMailQuery, enabled: mayAsk })
  const sending = useSendTestMail()
  const to = standing.data?.to ?? null
  const last = standing.data?.last ?? null
  const against = reason ?? (isOn ? (standing.isSuccess && to === null ? words.noAddress : null) : words.none)
  const told =
    last === null
      ? null
      : last.endedAt === null
        ? last.fault === null
          ? words.waiting
          : words.again(last.fault)
        : last.fault === null
          ? words.sent
          : words.failed(last.fault)
  return (
    <>
      <ActionButton
        label={words.test}
        reason={against}
        loading={sending.isPending}
        run={() => sending.mutate()}
      />
      <p className="plain quiet" role="status">
        {told ?? (to === null ? '' : words.goesTo(to))}
      </p>
      <FormProblem error={sending.error} />
    </>
  )
}
