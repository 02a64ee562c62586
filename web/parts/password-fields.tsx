import { PasswordInput, TextInput } from '@mantine/core'
import { useTexts } from '../texts/texts.tsx'

/** As src/lib/password.ts has it, which a browser cannot load. */
const PASSWORD_MIN = 12

/** A password that is chosen now. How good it must be the server says again. */
export const NewPassword = ({
  value,
  set,
  label,
}: {
  readonly value: string
  readonly set: (value: string) => void
  readonly label?: string
}) => {
  const texts = useTexts()
  return (
    <PasswordInput
      label={label ?? texts.fields.password}
      description={texts.welcome.passwordAbout(PASSWORD_MIN)}
      autoComplete="new-password"
      required
      minLength={PASSWORD_MIN}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': texts.signIn.showPassword }}
    />
  )
}

/** The password somebody has. */
export const OwnPassword = ({
  value,
  set,
  label,
}: {
  readonly value: string
  readonly set: (value: string) => void
  readonly label?: string
}) => {
  const texts = useTexts()
  return (
    <PasswordInput
      label={label ?? texts.fields.password}
      autoComplete="current-password"
      required
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      visibilityToggleButtonProps={{ 'aria-label': texts.signIn.showPassword }}
    />
  )
}

/** Of the second factor: six digits of an app, or a recovery code, which has letters. */
export const CodeField = ({
  value,
  set,
  about,
}: {
  readonly about?: string
  readonly value: string
  readonly set: (value: string) => void
}) => {
  const texts = useTexts()
  return (
    <TextInput
      label={texts.signIn.code}
      description={about ?? texts.signIn.codeAbout}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      autoFocus
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}
