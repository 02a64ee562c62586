import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { queryKeys } from '../api/query-keys.ts'
import { setUp, setupQuery } from '../api/session.ts'
import { Door } from '../parts/door.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { Empty, Failed, FormProblem, Loading } from '../parts/states.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

/** The token stands behind the `#`, which browsers send to no server. It is taken out of the address at once. */
const tokenOfAddress = (): string => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? ''
  if (token !== '') history.replaceState(history.state, '', location.pathname)
  return token
}

const PASSWORD_MIN = 12

/** The first start: whoever holds the one-time token becomes the owner. */
export const Welcome = () => {
  const texts = useTexts()
  useTabTitle(texts.welcome.title)
  const setup = useQuery(setupQuery)
  if (setup.isPending) return <Loading />
  if (setup.isError) return <Failed isScreen error={setup.error} retry={() => void setup.refetch()} />
  if (!setup.data.needed)
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
  return <OwnerForm />
}

const OwnerForm = () => {
  const texts = useTexts()
  const go = useGo()
  const client = useQueryClient()
  const [oneTimeToken, setToken] = useState(tokenOfAddress)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  // decided once: the field must not vanish while somebody corrects it
  const [isFromAddress] = useState(oneTimeToken !== '')
  const making = useMutation({
    mutationFn: setUp,
    onSuccess: (self) => {
      client.clear()
      client.setQueryData(queryKeys.self, self)
      go(paths.home(), { replace: true })
    },
  })
  const showsToken = !isFromAddress || making.isError
  return (
    <Door
      title={texts.welcome.title}
      about={texts.welcome.about}
      onSubmit={() =>
        making.mutate({ oneTimeToken: oneTimeToken.trim(), name: name.trim(), email, password })
      }
    >
      {showsToken ? (
        <TextInput
          label={texts.welcome.token}
          description={texts.welcome.tokenAbout}
          required
          autoComplete="off"
          spellCheck={false}
          value={oneTimeToken}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
      ) : null}
      <TextInput
        label={texts.fields.yourName}
        autoComplete="name"
        required
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
      <PasswordInput
        label={texts.fields.password}
        description={texts.welcome.passwordAbout(PASSWORD_MIN)}
        autoComplete="new-password"
        required
        minLength={PASSWORD_MIN}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': texts.signIn.showPassword }}
      />
      {making.isError ? <FormProblem error={making.error} /> : null}
      <Button type="submit" size="sm" loading={making.isPending}>
        {texts.welcome.submit}
      </Button>
    </Door>
  )
}
