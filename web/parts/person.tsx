import styles from './person.module.css'

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => /\p{L}|\p{N}/u.test(word))
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

const TINTS = 6
/** The same person has the same tint on every screen. */
const tintOf = (name: string): number =>
  [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % TINTS

export const Face = ({ name, large = false }: { readonly name: string; readonly large?: boolean }) => (
  <span
    className={`${styles.face} ${large ? styles.large : ''}`}
    data-tint={tintOf(name)}
    title={name}
    aria-hidden="true"
  >
    {initialsOf(name)}
  </span>
)

/** A person with their name; nobody is said in words. */
export const Person = ({ name, nobody }: { readonly name: string | null; readonly nobody: string }) =>
  name === null ? (
    <span className="quiet">{nobody}</span>
  ) : (
    <span className={styles.person}>
      <Face name={name} />
      {name}
    </span>
  )
