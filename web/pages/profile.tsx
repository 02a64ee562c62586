import { Button, Select, Switch, useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { providerAddress, setupQuery, useSelf } from '../api/session.ts'
import { ChangePassword } from '../forms/change-password.tsx'
import { SecondFactor } from '../forms/second-factor.tsx'
import { Badge } from '../parts/badge.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { useQueryOfAddress } from '../parts/go.tsx'
import { useSingleKeys, writePreference } from '../parts/preferences.ts'
import styles from '../parts/profile.module.css'
import { roleWords } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { SessionList } from '../parts/session-list.tsx'
import { paths } from '../paths.ts'
import { chooseLanguage, LANGUAGES, type Language, useLanguage, useTexts } from '../texts/texts.tsx'

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
  const language = useLanguage()
  const singleKeys = useSingleKeys()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Card title={texts.profile.screen}>
      <div className={styles.choices}>
        <Select
          label={texts.shell.language}
          allowDeselect={false}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          value={language}
          onChange={(value) => value !== null && chooseLanguage(value as Language)}
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
      <dl className={styles.facts}>
        <dt>{texts.profile.timeZone}</dt>
        <dd>
          {zone} <span className="quiet">{texts.profile.timeZoneAbout}</span>
        </dd>
      </dl>
    </Card>
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
