/** Takes secrets out of texts meant for people. Runs on the fault path only, so it may be thorough. */

const SECRET_NAME = /auth|key|token|secret|passw|sig|cookie|session|credential/i
const MASK = '[secret]'
/** Shorter values would mask ordinary words. */
const MIN_LENGTH = 6

const decodedBasic = (value: string): readonly string[] => {
  const encoded = /^basic\s+(\S+)$/i.exec(value)?.[1]
  if (encoded === undefined) return []
  const plain = Buffer.from(encoded, 'base64').toString('utf8')
  return [plain, plain.slice(plain.indexOf(':') + 1)]
}

/** Everything in these headers or query members that must not be shown: whole values, their words, decoded passwords. */
export const secretsOf = (members: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(members)
    .filter(([name, value]) => SECRET_NAME.test(name) && typeof value === 'string')
    .flatMap(([, value]) => {
      const text = String(value)
      return [text, ...text.split(/\s+/).slice(1), ...decodedBasic(text)]
    })

/** Control characters become blanks and secrets become `[secret]`, also where they are percent-encoded. */
export const redact = (text: string, secrets: readonly string[]): string =>
  [...secrets]
    .filter((secret) => secret.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length)
    .reduce(
      (shown, secret) => shown.replaceAll(secret, MASK).replaceAll(encodeURIComponent(secret), MASK),
      text,
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')

/** At most `max` characters, on one line. */
export const shorten = (text: string, max: number): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`
}
