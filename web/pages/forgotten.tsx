import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { askForLetter, setupQuery } from '../api/session.ts'
import { Door, DoorFoot, DoorNotice } from '../parts/door.tsx'
import { Go } from '../parts/go.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, FormProblem, Loading } from '../parts/states.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

/** A letter with an address at which a new password is chosen. Whether there is such an account is not told. */
export const Forgotten = () => {
  const texts = useTexts()
  useTabTitle(texts.forgotten.title)
  const setup = useQuery(setupQuery)
  const [email, setEmail] = useState('')
  const asking = useMutation({ mutationFn: askForLetter })
  if (setup.isPending) return <Loading />
  if (setup.isError) return <Failed isScreen error={setup.error} retry={() => void setup.refetch()} />
  const back = (
    <DoorFoot>
      <Go to={paths.signIn()}>{texts.forgotten.back}</Go>
    </DoorFoot>
  )
  if (!setup.data.mail)
    return (
      <Door title={texts.forgotten.title} about={texts.forgotten.noMail}>
        {back}
      </Door>
    )
  return (
    <Door
      title={texts.forgotten.title}
      about={texts.forgotten.about}
      onSubmit={() => asking.mutate(email.trim())}
    >
      {asking.isSuccess ? (
        <DoorNotice title={texts.forgotten.asked} isGood>
          {texts.forgotten.askedAbout}
        </DoorNotice>
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
          <FormProblem error={asking.error} />
          <Button type="submit" size="sm" loading={asking.isPending}>
            {texts.forgotten.submit}
          </Button>
        </>
      )}
      {back}
    </Door>
  )
}
