/**
 * What every reader does first with text from outside: one kind of line end, well-formed Unicode, and U+FFFD for
 * control characters that PostgreSQL's jsonb (NUL) or XML tools (the rest of C0) refuse. Idempotent and linear.
 */
const CONTROL = /[^\P{Cc}\t\n\x80-\x9f]/u
const CONTROLS = /[^\P{Cc}\t\n\x80-\x9f]/gu

export const cleanText = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  if (!CONTROL.test(whole)) return whole
  return whole
    .replace(/\r\n?/g, '\n')
    .replace(/[\v\f]/g, '\n')
    .replace(CONTROLS, '\ufffd')
}
