import type { ArgsDef } from 'citty'
import type { Call } from './cli-command.ts'
import { momentOf } from './moment-of.ts'

/** Options whose words go into a body as they are, a `TIME` as a moment: the name on the command line, and what it says there. */
export type Words = Readonly<Record<string, { readonly about: string; readonly hint?: string }>>

export const optionsOf = (words: Words): ArgsDef =>
  Object.fromEntries(
    Object.entries(words).map(([name, { about, hint }]) => [
      name,
      { type: 'string' as const, description: about, valueHint: hint ?? 'TEXT' },
    ]),
  )

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** What was given, by the API's names: `--root-cause x` becomes `rootCause`. What was not given is left out. */
export const bodyOf = (call: Call, words: Words): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([name, { hint }]) => {
      const value = hint === 'TIME' ? momentOf(call, name) : call.text(name)
      return value === null ? [] : [[camel(name), value]]
    }),
  )

export const REF_KEY = {
  type: 'positional',
  description: 'Key, such as T-12 or W-7',
  required: false,
} as const

export const pathOf = (noun: 'tickets' | 'work-items', call: Call, step = ''): string =>
  `/api/v1/${noun}/${encodeURIComponent(call.need('key'))}${step === '' ? '' : `/${step}`}`
