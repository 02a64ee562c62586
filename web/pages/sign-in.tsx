import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { factsOf } from '../api/problem.ts'
import { queryKeys } from '../api/query-keys.ts'
import { signIn } from '../api/session.ts'
import { Door } from '../parts/door.tsx'
import { useGo, useQueryOfAddress } from '../parts/go.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { FormProblem } from '../parts/states.tsx'
import { safeNext } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

/** The second factor is asked for only when the server says that this account has one. */
export const SignIn = () => {
  const texts = useTexts()
  useTabTitle(texts.signIn.title)
  const go = useGo()
  const { next } = useQueryOfAddress()
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: (self) => {
      client.clear()
      client.setQueryData(queryKeys.self, self)
      go(safeNext(next), { replace: true })
    },
    onError: (error) => {
      if (factsOf(error).code === 'second-factor-needed') setNeedsCode(true)
    },
  })
  // to be asked for the code is the next step and nothing that went wrong
  const isOnlyNextStep = factsOf(entering.error).code === 'second-factor-needed' && code === ''
  const submit = (): void => entering.mutate({ email, password, ...(needsCode ? { code: code.trim() } : {}) })
  return (
    <Door title={texts.signIn.title} about={texts.signIn.about} onSubmit={submit}>
      <TextInput
        label={texts.fields.email}
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label={texts.fields.password}
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': texts.signIn.showPassword }}
      />
      {needsCode ? (
        <TextInput
          label={texts.signIn.code}
          description={texts.signIn.codeAbout}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : null}
      {entering.isError && !isOnlyNextStep ? <FormProblem error={entering.error} /> : null}
      <Button type="submit" size="sm" loading={entering.isPending}>
        {texts.signIn.submit}
      </Button>
    </Door>
  )
}
