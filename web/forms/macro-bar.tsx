import styles from '../parts/composer.module.css'
import type { DraftMacro } from '../parts/drafts.ts'
import { Icon } from '../parts/icons.tsx'
import { macroDeeds } from '../parts/macro-words.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What the chosen macro will do with the ticket when the words are sent; each part can be left out. */
export const MacroBar = ({
  macro,
  set,
}: {
  readonly macro: DraftMacro
  readonly set: (macro: DraftMacro | null) => void
}) => {
  const texts = useTexts()
  const { macros } = texts
  const deeds = macroDeeds(macro.actions, macro.assignee, texts).filter(
    ([name]) => !macro.skip.includes(name),
  )
  return (
    <p className={styles.macro}>
      <strong>{macros.chosen(macro.name)}</strong>
      {deeds.map(([name, words]) => (
        <span key={name} className={styles.deed}>
          {words}
          <button
            type="button"
            aria-label={macros.leaveOut(words)}
            onClick={() => set({ ...macro, skip: [...macro.skip, name] })}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      <button type="button" className={styles.quietly} onClick={() => set(null)}>
        {macros.drop}
      </button>
    </p>
  )
}
