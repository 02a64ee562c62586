import { Button, Group } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { OwnPassword } from '../parts/password-fields.tsx'
import styles from '../parts/profile.module.css'
import { FormProblem } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.tsx'

/** What weighs is asked for again: an open browser is not yet its owner. */
export const ProvePassword = <T,>({
  label,
  sendLabel,
  asking,
  done,
  cancel,
}: {
  readonly label: string
  readonly sendLabel: string
  readonly asking: UseMutationResult<T, Error, string>
  readonly done: (answer: T) => void
  readonly cancel: () => void
}) => {
  const texts = useTexts()
  const [password, setPassword] = useState('')
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    asking.mutate(password, { onSuccess: done })
  }
  return (
    <form className={styles.form} onSubmit={submitted}>
      <OwnPassword label={label} value={password} set={setPassword} />
      <FormProblem error={asking.error} />
      <Group gap="xs">
        <Button type="submit" loading={asking.isPending}>
          {sendLabel}
        </Button>
        <Button variant="default" onClick={cancel}>
          {texts.forms.cancel}
        </Button>
      </Group>
    </form>
  )
}
