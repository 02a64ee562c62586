/**
 * Keys as data: what is typed becomes the name of a chord (`mod+k`) or a sequence (`g t`), and that is looked up among
 * what the screen offers. Pure, so that "does nothing while typing" is a test and not a hope.
 *
 * No Alt chords: they belong to the browser, to assistive software and, on many layouts, to letters.
 */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey?: boolean
  readonly isComposing?: boolean
}

/** Where the press landed, as far as it matters. */
export interface KeyPlace {
  /** In a field, an editor or a list of choices: single keys are letters there. */
  readonly isTyping: boolean
  /** A dialog is open: the screen behind it does not move. */
  readonly isInDialog: boolean
  /** A button or link has the focus: Enter and Space are its own. */
  readonly isOnControl: boolean
}

export interface KeyOptions {
  /** The reader's switch: people who speak to their computer turn single keys off. */
  readonly singleKeys: boolean
}

/** A second key counts this long after the first. */
export const SEQUENCE_MS = 1_200

/** `mod` is Command on a Mac and Control elsewhere. Null: not for us. */
export const nameOfPress = (press: KeyPress): string | null => {
  if (press.altKey || press.isComposing === true) return null
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  if (['Shift', 'Control', 'Meta', 'Dead', 'CapsLock'].includes(key)) return null
  return press.ctrlKey || press.metaKey ? `mod+${key}` : key
}

/** What is still possible and what is meant, of all that is offered. */
export interface KeyLookup {
  /** The offered name that was typed whole. */
  readonly found: string | null
  /** What to remember for the next press. */
  readonly pending: string | null
}

export const lookUp = (
  press: KeyPress,
  place: KeyPlace,
  pending: string | null,
  offered: readonly string[],
  options: KeyOptions,
): KeyLookup => {
  const nothing: KeyLookup = { found: null, pending: null }
  const plain = nameOfPress(press)
  if (plain === null) return { found: null, pending }
  // with Shift it means something else only where that is offered: a capital letter is the letter
  const shifted = `shift+${plain}`
  const name = press.shiftKey === true && offered.includes(shifted) ? shifted : plain
  if (name.startsWith('mod+')) {
    // chords also work while typing, that is what they are for; a dialog keeps the palette shut
    return offered.includes(name) && !place.isInDialog ? { found: name, pending: null } : nothing
  }
  if (place.isTyping || place.isInDialog || !options.singleKeys) return nothing
  if (place.isOnControl && (name === 'Enter' || name === ' ')) return nothing
  const sequence = pending === null ? null : `${pending} ${name}`
  if (sequence !== null && offered.includes(sequence)) return { found: sequence, pending: null }
  if (offered.some((one) => one.startsWith(`${name} `))) return { found: null, pending: name }
  return offered.includes(name) ? { found: name, pending: null } : nothing
}

/** For people: `mod+k` → `Ctrl K`, `g t` → `G T`. */
export const keyCaps = (name: string, isMac: boolean): readonly string[] =>
  name.split(/[ +]/).map((part) => {
    if (part === 'mod') return isMac ? '⌘' : 'Ctrl'
    if (part === 'shift') return isMac ? '⇧' : 'Shift'
    return part.length === 1 ? part.toUpperCase() : part
  })
