/** As much of a key press as counts here. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Whether a key pressed before the palette's field is there is meant for it: what would write, take back or choose. */
export const isForPalette = ({ key, ctrlKey, metaKey, altKey }: Press): boolean =>
  !ctrlKey && !metaKey && !altKey && ([...key].length === 1 || key === 'Backspace' || key === 'Enter')

/** What stands in the field after this key. Enter chooses nothing: nobody has seen yet what it would choose. */
export const addTyped = (typed: string, key: string): string => {
  if (key === 'Enter') return typed
  return key === 'Backspace' ? [...typed].slice(0, -1).join('') : typed + key
}
