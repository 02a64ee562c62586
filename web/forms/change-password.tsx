import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useNewPassword } from '../api/account.ts'
import { useSelf } from '../api/session.ts'
import { NewPassword, OwnPassword } from '../parts/password-fields.tsx'
import styles from '../parts/profile.module.css'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/texts.tsx'

export const ChangePassword = () => {
  const { profile } = useTexts()
  const { email } = useSelf()
  const changing = useNewPassword()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    changing.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent('')
          setPassword('')
          tell({ text: profile.changed, tone: 'good' })
        },
      },
    )
  }
  return (
    <form className={styles.form} onSubmit={submitted}>
      {/* so that whoever keeps passwords for the reader knows whose this is */}
      <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
      <OwnPassword label={profile.current} value={current} set={setCurrent} />
      <NewPassword label={profile.next} value={password} set={setPassword} />
      <FormProblem error={changing.error} />
      <div>
        <Button type="submit" loading={changing.isPending}>
          {profile.change}
        </Button>
      </div>
    </form>
  )
}
