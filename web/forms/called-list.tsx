import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Audience, isSeenBy } from '../../src/domain/audience.ts'
import { partyOf } from '../../src/domain/party.ts'
import { type Macro, offeredMacrosQuery } from '../api/macros.ts'
import { organisationQuery } from '../api/organisation.ts'
import { useSelf } from '../api/session.ts'
import styles from '../parts/composer.module.css'
import type { TypedCall } from '../parts/typed-call.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { EditorPress } from './editor-props.ts'

interface Choice {
  readonly id: string
  readonly label: string
  readonly about: string
  readonly choose: () => void
}

const SHOWN = 6
export const CALLED_ID = 'called'

/** What a typed call finds, and what the keys do with it. Only colleagues who may read these words are offered. */
export const useCalled = (
  call: TypedCall | null,
  audience: Audience,
  chosen: {
    readonly person: (person: { readonly id: string; readonly name: string }) => void
    readonly macro: (macro: Macro) => void
  },
) => {
  const texts = useTexts()
  const { personId } = useSelf()
  const [at, setAt] = useState(0)
  const [dismissed, setDismissed] = useState<string | null>(null)
  const name = call === null ? null : `${call.kind} ${call.query}`
  const isOpen = call !== null && name !== dismissed
  const query = call?.query ?? ''
  const people = useQuery({
    ...organisationQuery('people', query),
    enabled: isOpen && call.kind === 'person',
    placeholderData: keepPreviousData,
  })
  const macros = useQuery({ ...offeredMacrosQuery(query), enabled: isOpen && call.kind === 'macro' })
  const readers = (people.data?.items ?? []).filter(({ id, roles }) => {
    const party = partyOf(roles)
    return id !== personId && party !== null && isSeenBy(audience, party)
  })
  const choices: readonly Choice[] = !isOpen
    ? []
    : call.kind === 'person'
      ? readers.slice(0, SHOWN).map((person) => ({
          ...{ id: person.id, label: person.name },
          about: person.roles.map((role) => texts.words.role[role]).join(', '),
          choose: () => chosen.person(person),
        }))
      : (macros.data?.items ?? []).slice(0, SHOWN).map((macro) => ({
          ...{ id: macro.id, label: macro.name, about: macro.team?.name ?? texts.macros.all },
          choose: () => chosen.macro(macro),
        }))
  const place = Math.min(at, Math.max(0, choices.length - 1))
  const marked = choices[place]
  /** True: the key was for the list. */
  const onKey = ({ key, isComposing }: EditorPress): boolean => {
    if (!isOpen || isComposing) return false
    if (key === 'Escape') {
      setDismissed(name)
      return true
    }
    if (marked === undefined) return false
    if (key === 'ArrowDown') setAt((place + 1) % choices.length)
    else if (key === 'ArrowUp') setAt((place + choices.length - 1) % choices.length)
    else if (key === 'Enter' || key === 'Tab') {
      setAt(0)
      marked.choose()
    } else return false
    return true
  }
  const isPending = call?.kind === 'person' ? people.isPending : macros.isPending
  return { isOpen, kind: call?.kind ?? 'person', choices, marked, onKey, isPending }
}

export const CalledList = ({ isOpen, kind, choices, marked, isPending }: ReturnType<typeof useCalled>) => {
  const { editor, states } = useTexts()
  if (!isOpen) return null
  if (choices.length === 0)
    return (
      <p className={styles.called} role="status">
        {isPending ? states.loading : kind === 'person' ? editor.noPeople : editor.noMacros}
      </p>
    )
  return (
    <div
      id={CALLED_ID}
      role="listbox"
      className={styles.called}
      aria-label={kind === 'person' ? editor.people : editor.macros}
    >
      {choices.map(({ id, label, about, choose }) => (
        <button
          key={id}
          id={`${CALLED_ID}-${id}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={id === marked?.id}
          // the words keep the cursor
          onMouseDown={(event) => {
            event.preventDefault()
            choose()
          }}
        >
          {label} <small>{about}</small>
        </button>
      ))}
    </div>
  )
}
