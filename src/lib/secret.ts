import { inspect } from 'node:util'

/**
 * A text that must not be shown: printing, logging or serialising it gives `[secret]`. Whoever needs the text calls
 * `reveal()` at the last moment and hands it on to nothing that keeps it.
 */
export interface Secret {
  reveal(): string
  toString(): '[secret]'
  toJSON(): '[secret]'
}

const HIDDEN = '[secret]'
const hidden = (): typeof HIDDEN => HIDDEN

/** The text lives in the closure only: no property holds it, so no walk over the object finds it. */
export const makeSecret = (text: string): Secret =>
  Object.freeze({
    reveal: () => text,
    toString: hidden,
    toJSON: hidden,
    [inspect.custom]: hidden,
    [Symbol.toPrimitive]: hidden,
  })
