import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { setUp, setupQuery } from '../api/session.ts'
import { Door } from '../parts/door.tsx'
import { Go, useHash } from '../parts/go.tsx'
import { CodeField, NewPassword } from '../parts/password-fields.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { Empty, Failed, FormProblem, Loading } from '../parts/states.tsx'
import { useEntering } from '../parts/use-entering.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

/** The token stands behind the `#`, which browsers send to no server. */
const useTokenOfAddress = (): string => new URLSearchParams(useHash()).get('token') ?? ''

/**
 * A one-time token becomes a password: of who sets the product up, of somebody invited, of who forgot theirs. Only the
 * first is asked who they are; for the others the token says it.
 */
export const Welcome = () => {
  const texts = useTexts()
  const token = useTokenOfAddress()
  const setup = useQuery(setupQuery)
  useTabTitle(texts.welcome.title)
  if (setup.isPending) return <Loading />
  if (setup.isError) return <Failed isScreen error={setup.error} retry={() => void setup.refetch()} />
  if (!setup.data.needed && token === '')
    return (
      <Empty
        isScreen
        icon="lock"
        title={texts.welcome.done}
        actions={<Go to={paths.signIn()}>{texts.signIn.title}</Go>}
      >
        {texts.welcome.doneAbout}
      </Empty>
    )
  return <AccountForm key={token} given={token} isFirst={setup.data.needed} />
}

const AccountForm = ({ given, isFirst }: { readonly given: string; readonly isFirst: boolean }) => {
  const texts = useTexts()
  const words = isFirst ? texts.welcome.first : texts.welcome.later
  const [oneTimeToken, setToken] = useState(given)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  // used up, it must not stay in the history of the browser: going on replaces the address
  const { entering, isCodeAsked, error } = useEntering(setUp, paths.home())
  if (isCodeAsked && !needsCode) setNeedsCode(true)
  const submit = (): void =>
    entering.mutate({
      ...{ oneTimeToken: oneTimeToken.trim(), password },
      ...(isFirst ? { name: name.trim(), email: email.trim() } : {}),
      ...(needsCode ? { code: code.trim() } : {}),
    })
  return (
    <Door title={words.title} about={words.about} onSubmit={submit}>
      {given === '' || error !== null ? (
        <TextInput
          label={texts.welcome.token}
          description={words.tokenAbout}
          required
          autoComplete="off"
          spellCheck={false}
          value={oneTimeToken}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
      ) : null}
      {isFirst ? (
        <>
          <TextInput
            label={texts.fields.yourName}
            autoComplete="name"
            required
            autoFocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={texts.fields.email}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </>
      ) : null}
      <NewPassword value={password} set={setPassword} />
      {needsCode ? <CodeField value={code} set={setCode} /> : null}
      <FormProblem error={error} />
      <Button type="submit" size="sm" loading={entering.isPending}>
        {words.submit}
      </Button>
    </Door>
  )
}
