import type { Present } from '../api/desk.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'
import { Face } from './person.tsx'
import styles from './ticket-desk.module.css'

const joined = (names: readonly string[], { here }: Texts): string => {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : here.and(names.slice(0, -1).join(', '), last)
}

/** In one sentence each: who writes a reply just now, and who else looks. */
export const presenceWords = (others: readonly Present[], texts: Texts): readonly string[] => {
  const { here } = texts
  const writing = others.filter(({ isTyping }) => isTyping).map(({ name }) => name)
  const looking = others.filter(({ isTyping }) => !isTyping).map(({ name }) => name)
  return [
    ...(writing.length === 0
      ? []
      : [(writing.length === 1 ? here.writes : here.write)(joined(writing, texts))]),
    ...(looking.length === 0
      ? []
      : [(looking.length === 1 ? here.looks : here.look)(joined(looking, texts))]),
  ]
}

/** Two people in one ticket: before they both answer. */
export const PresenceNotice = ({ others }: { readonly others: readonly Present[] }) => {
  const texts = useTexts()
  const isWriting = others.some(({ isTyping }) => isTyping)
  // always there, so that a screen reader hears what comes into it
  return (
    <div role="status" aria-label={texts.here.title} className={styles.here} data-writing={isWriting}>
      {others.length === 0 ? null : (
        <>
          {others.slice(0, 4).map(({ id, name }) => (
            <Face key={id} name={name} />
          ))}
          <span>{presenceWords(others, texts).join(' ')}</span>
        </>
      )}
    </div>
  )
}
