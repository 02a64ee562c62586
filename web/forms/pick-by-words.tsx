import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import styles from '../parts/ticket-desk.module.css'
import { useTexts } from '../texts/desk-texts.tsx'

const TYPED_MS = 150

/** What is looked for, a moment after it was typed. */
export const useTypedWords = () => {
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim().slice(0, 200), TYPED_MS)
  return { typed, setTyped, text }
}

/** Chooses one of what is found by a key or by words of a title. */
export const PickByWords = ({
  label,
  about,
  nothing,
  words: { typed, setTyped },
  isPending,
  found,
  value,
  choose,
}: {
  readonly label: string
  readonly about?: string | undefined
  readonly nothing: string
  readonly words: ReturnType<typeof useTypedWords>
  readonly isPending: boolean
  readonly found: readonly {
    readonly id: string
    readonly key: string
    readonly title: string
    readonly more: string
  }[]
  readonly value: string | null
  readonly choose: (key: string) => void
}) => {
  const texts = useTexts()
  return (
    <>
      <TextInput
        label={label}
        description={about}
        placeholder={texts.ticketLinks.key}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.length === 0 ? (
        <p className="quiet" role="status">
          {isPending ? texts.states.loading : nothing}
        </p>
      ) : (
        <ul className={styles.choices} aria-label={label}>
          {found.map(({ id, key, title, more }) => (
            <li key={id}>
              <label>
                <input type="radio" name="found" checked={value === key} onChange={() => choose(key)} />
                <span>
                  <strong>{key}</strong> {title} <small className="quiet">{more}</small>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
