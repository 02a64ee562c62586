import { Button, Group, Skeleton } from '@mantine/core'
import type { UseMutationResult } from '@tanstack/react-query'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import type { BegunSecondFactor, ConfirmedSecondFactor } from '../api/account.ts'
import { CopyButton, CopyText } from '../parts/copy-text.tsx'
import { CodeField } from '../parts/password-fields.tsx'
import styles from '../parts/profile.module.css'
import { FormProblem } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.tsx'

// drawn by few people, once: nobody else fetches how
const QrPicture = lazy(() => import('../parts/qr-picture.tsx'))

export const ConfirmSecondFactor = ({
  begun,
  asking,
  done,
  cancel,
}: {
  readonly begun: BegunSecondFactor
  readonly asking: UseMutationResult<ConfirmedSecondFactor, Error, string>
  readonly done: (confirmed: ConfirmedSecondFactor) => void
  readonly cancel: () => void
}) => {
  const texts = useTexts()
  const words = texts.profile.secondFactor
  const [code, setCode] = useState('')
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    asking.mutate(code.trim(), { onSuccess: done })
  }
  return (
    <form className={styles.form} onSubmit={submitted}>
      <p className={styles.words}>{words.scan}</p>
      <Suspense fallback={<Skeleton w={192} h={192} />}>
        <QrPicture text={begun.uri} label={words.picture} />
      </Suspense>
      <div>
        <p className={styles.words}>{words.secret}</p>
        <CopyText text={begun.secret} label={words.secret} />
      </div>
      <CodeField value={code} set={setCode} about={words.codeAbout} />
      <FormProblem error={asking.error} />
      <Group gap="xs">
        <Button type="submit" loading={asking.isPending}>
          {words.confirm}
        </Button>
        <Button variant="default" onClick={cancel}>
          {texts.forms.cancel}
        </Button>
      </Group>
    </form>
  )
}

/** Shown once. On paper nothing else stands beside them. */
export const RecoveryCodes = ({
  codes,
  done,
}: {
  readonly codes: readonly string[]
  readonly done: () => void
}) => {
  const words = useTexts().profile.secondFactor
  return (
    <div className={styles.form}>
      <h3>{words.codesTitle}</h3>
      <p className={styles.words}>{words.codesAbout}</p>
      <ul className={`${styles.codes} on-paper`}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton text={codes.join('\n')} />
        <Button variant="default" onClick={() => window.print()}>
          {words.print}
        </Button>
        <Button onClick={done}>{words.kept}</Button>
      </Group>
    </div>
  )
}
