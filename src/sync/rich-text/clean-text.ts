/**
 * What every reader does first with text from outside: one kind of line end, well-formed Unicode, and U+FFFD for
 * control characters that PostgreSQL's jsonb (NUL) or XML tools (the rest of C0) refuse, and for characters that Unicode
 * keeps from ever being one, which our readers mark places with. Idempotent and linear.
 */
const CONTROL = /[^\P{Cc}\t\n\x80-\x9f]|[\ufdd0-\ufdef]/u
const CONTROLS = /[^\P{Cc}\t\n\x80-\x9f]|[\ufdd0-\ufdef]/gu

export const cleanText = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  if (!CONTROL.test(whole)) return whole
  return whole
    .replace(/\r\n?/g, '\n')
    .replace(/[\v\f]/g, '\n')
    .replace(CONTROLS, '\ufffd')
}
