import { Menu, useMantineColorScheme } from '@mantine/core'
import { factsOf } from '../api/problem.ts'
import { type Self, useSignOut } from '../api/session.ts'
import { paths } from '../paths.ts'
import { LANGUAGES, type Language, useLanguage, useTexts } from '../texts/texts.tsx'
import { useGo } from './go.tsx'
import { Icon } from './icons.tsx'
import { Face } from './person.tsx'
import { problemWords } from './problem-words.ts'
import styles from './rail.module.css'
import { roleWords } from './roles.ts'
import { tell } from './tell.tsx'
import { useChooseLanguage } from './use-self-preferences.ts'

const SCHEMES = [
  { value: 'auto', icon: 'system' },
  { value: 'light', icon: 'sun' },
  { value: 'dark', icon: 'moon' },
] as const

/** Who one is, how it looks, and the way out. */
export const SelfMenu = ({
  self,
  showKeys,
  about,
}: {
  readonly self: Self
  /** Null: there are no keys here. */
  readonly showKeys: (() => void) | null
  /** Below the name; the roles where nothing else is said. */
  readonly about?: string
}) => {
  const texts = useTexts()
  const language = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = useChooseLanguage(self)
  const signOut = useSignOut()
  const go = useGo()
  const leave = (): void => {
    signOut().then(
      () => go(paths.signIn()),
      (error: unknown) => tell({ text: problemWords(factsOf(error), texts).title, tone: 'bad' }),
    )
  }
  return (
    <Menu position="top-start" width={220} shadow="md">
      <Menu.Target>
        <button type="button" className={styles.self}>
          <Face name={self.name} large />
          <span className={styles.who}>
            <strong>{self.name}</strong>
            <span>{about ?? roleWords(self.roles, texts)}</span>
          </span>
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.shell.colours}</Menu.Label>
        {SCHEMES.map(({ value, icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon name={icon} />}
            rightSection={colorScheme === value ? '✓' : null}
            onClick={() => setColorScheme(value)}
          >
            {texts.shell.scheme[value]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{texts.shell.language}</Menu.Label>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <Menu.Item
            key={code}
            leftSection={<Icon name="globe" />}
            rightSection={language === code ? '✓' : null}
            onClick={() => choose(code as Language)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {showKeys === null ? null : (
          <>
            <Menu.Item leftSection={<Icon name="person" />} onClick={() => go(paths.profile())}>
              {texts.shell.profile}
            </Menu.Item>
            <Menu.Item leftSection={<Icon name="keyboard" />} onClick={showKeys}>
              {texts.shell.keys}
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<Icon name="out" />} onClick={leave}>
          {texts.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
