import { Button, Select, Switch, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useChangeSelf } from '../api/administration.ts'
import { providerAddress, setupQuery, useSelf } from '../api/session.ts'
import { ChangePassword } from '../forms/change-password.tsx'
import { SecondFactor } from '../forms/second-factor.tsx'
import { Badge } from '../parts/badge.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { useQueryOfAddress } from '../parts/go.tsx'
import { useRichEditor, useSingleKeys, writePreference } from '../parts/preferences.ts'
import styles from '../parts/profile.module.css'
import { roleWords } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { SessionList } from '../parts/session-list.tsx'
import { FormProblem } from '../parts/states.tsx'
import { deviceZone, timeZones } from '../parts/time-zones.ts'
import { useChooseLanguage } from '../parts/use-self-preferences.ts'
import { paths } from '../paths.ts'
import { LANGUAGES, type Language, useLanguage, useTexts } from '../texts/texts.tsx'

/** Who one is, how this browser shows things, and how one signs in. */
export const Profile = () => {
  const texts = useTexts()
  const { profile } = texts
  const self = useSelf()
  // a token has neither password nor sessions; people and contacts who signed in here have an address
  const hasAccount = self.email !== null
  return (
    <>
      <ScreenHead title={profile.title} about={profile.about} />
      <Cards>
        <Card title={profile.you} about={profile.youAbout}>
          <dl className={styles.facts}>
            <dt>{profile.name}</dt>
            <dd>{self.name}</dd>
            <dt>{texts.fields.email}</dt>
            <dd>{self.email ?? '–'}</dd>
            <dt>{profile.roles}</dt>
            <dd>{roleWords(self.roles, texts)}</dd>
          </dl>
        </Card>
        <Screen />
        {hasAccount ? (
          <>
            <Card title={profile.password} about={profile.passwordAbout}>
              <ChangePassword />
            </Card>
            <SecondFactor />
            <Identity />
            <SessionList />
          </>
        ) : (
          <Card title={profile.password}>
            <p className="quiet">{profile.isToken}</p>
          </Card>
        )}
      </Cards>
    </>
  )
}

const SCHEMES = ['auto', 'light', 'dark'] as const

const Screen = () => {
  const texts = useTexts()
  const self = useSelf()
  const language = useLanguage()
  const singleKeys = useSingleKeys()
  const isRich = useRichEditor()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = useChooseLanguage(self)
  return (
    <Card title={texts.profile.screen}>
      <div className={styles.choices}>
        <Select
          label={texts.shell.language}
          allowDeselect={false}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={language}
          onChange={(value) => value !== null && choose(value as Language)}
        />
        <Select
          label={texts.shell.colours}
          allowDeselect={false}
          data={SCHEMES.map((value) => ({ value, label: texts.shell.scheme[value] }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(SCHEMES.find((one) => one === value) ?? 'auto')}
        />
      </div>
      <Switch
        size="xs"
        label={texts.shell.singleKeys}
        description={texts.shell.singleKeysWhy}
        checked={singleKeys}
        onChange={(event) => writePreference('singleKeys', event.currentTarget.checked ? 'on' : 'off')}
      />
      <Switch
        size="xs"
        label={texts.preferences.plainText}
        description={texts.preferences.plainTextAbout}
        checked={!isRich}
        onChange={(event) => writePreference('editor', event.currentTarget.checked ? 'plain' : 'rich')}
      />
      <ZoneField />
      <NoticesField />
    </Card>
  )
}

/** For customers: whether we write to them when a release has what they asked for. */
const NoticesField = () => {
  const { preferences } = useTexts()
  const { takesNotices } = useSelf()
  const change = useChangeSelf()
  return takesNotices === null ? null : (
    <>
      <Switch
        size="xs"
        label={preferences.notices}
        description={preferences.noticesAbout}
        checked={takesNotices}
        onChange={(event) => change.mutate({ takesNotices: event.currentTarget.checked })}
      />
      <FormProblem error={change.error} />
    </>
  )
}

/** Kept by the server, so that it holds wherever one signs in. */
const ZoneField = () => {
  const texts = useTexts()
  const words = texts.preferences
  const { timeZone, defaults, email } = useSelf()
  const change = useChangeSelf()
  const otherwise =
    defaults.timeZone === null ? words.asDevice(deviceZone()) : words.asOrganisation(defaults.timeZone)
  return (
    <>
      <Select
        label={words.zone}
        description={words.zoneAbout}
        placeholder={otherwise}
        searchable
        clearable
        limit={100}
        disabled={email === null}
        data={[...timeZones(timeZone)]}
        value={timeZone}
        onChange={(zone) => change.mutate({ timeZone: zone })}
      />
      <FormProblem error={change.error} />
    </>
  )
}

const Identity = () => {
  const words = useTexts().profile.identity
  const provider = useQuery(setupQuery).data?.provider ?? null
  const isLinked = useQueryOfAddress()['linked'] === 'true'
  return provider === null ? null : (
    <Card
      title={words.title}
      about={words.about(provider)}
      mark={isLinked ? <Badge tone="good">{words.linked}</Badge> : null}
    >
      <Button
        component="a"
        variant="default"
        href={providerAddress({ to: paths.profile({ linked: 'true' }), link: true })}
      >
        {words.link(provider)}
      </Button>
    </Card>
  )
}
