import { Button, Divider, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { providerAddress, selfQuery, setupQuery, signIn } from '../api/session.ts'
import { Door, DoorFoot, DoorNotice } from '../parts/door.tsx'
import { Go, useQueryOfAddress } from '../parts/go.tsx'
import { CodeField, OwnPassword } from '../parts/password-fields.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { FormProblem } from '../parts/states.tsx'
import { useEntering } from '../parts/use-entering.ts'
import { paths, safeNext } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

/** An address can be made up by anybody; a reason of ours is one sentence or two. */
const REFUSED_MAX = 300

/** By e-mail and password, then the second factor where there is one; or by single sign-on. */
export const SignIn = () => {
  const texts = useTexts()
  useTabTitle(texts.signIn.title)
  const { next, refused } = useQueryOfAddress()
  // what else this server offers; when it cannot say, the password is left
  const setup = useQuery({ ...setupQuery, retry: false })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [needsCode, setNeedsCode] = useState(false)
  const { entering, isCodeAsked, error } = useEntering(signIn, safeNext(next))
  // kept: after a wrong code the field must stay
  if (isCodeAsked && !needsCode) setNeedsCode(true)
  const startAgain = (): void => {
    entering.reset()
    setNeedsCode(false)
    setCode('')
    setPassword('')
  }
  const submit = (): void => entering.mutate({ email, password, ...(needsCode ? { code: code.trim() } : {}) })
  const provider = setup.data?.provider ?? null
  // whoever wanted to link an identity is signed in all the same, and needs the way back
  const self = useQuery({ ...selfQuery, enabled: refused !== undefined, retry: false }).data ?? null
  return (
    <Door
      title={texts.signIn.title}
      about={needsCode ? texts.signIn.codeNext : texts.signIn.about}
      onSubmit={submit}
    >
      {refused === undefined || entering.isError ? null : (
        <DoorNotice title={texts.signIn.refused}>{refused.slice(0, REFUSED_MAX)}</DoorNotice>
      )}
      {needsCode ? (
        <CodeField value={code} set={setCode} />
      ) : (
        <>
          <TextInput
            label={texts.fields.email}
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <OwnPassword value={password} set={setPassword} />
        </>
      )}
      <FormProblem error={error} />
      <Button type="submit" size="sm" loading={entering.isPending}>
        {texts.signIn.submit}
      </Button>
      {needsCode ? (
        <DoorFoot>
          <button type="button" onClick={startAgain}>
            {texts.signIn.startAgain}
          </button>
        </DoorFoot>
      ) : (
        <>
          {provider === null ? null : (
            <>
              <Divider label={texts.signIn.or} />
              <Button
                component="a"
                href={providerAddress({ to: safeNext(next) })}
                variant="default"
                size="sm"
              >
                {texts.signIn.provider(provider)}
              </Button>
            </>
          )}
          {self === null ? null : (
            <DoorFoot>
              <Go to={paths.profile()}>{texts.signIn.stillIn(self.name)}</Go>
            </DoorFoot>
          )}
          {setup.data?.mail === true ? (
            <DoorFoot>
              <Go to={paths.forgotten()}>{texts.signIn.forgotten}</Go>
            </DoorFoot>
          ) : null}
        </>
      )}
    </Door>
  )
}
