/** One line of a doctor's visit. `bad`: it does not work like this; `warn`: it works, and should be looked at. */
export interface Finding {
  readonly about: string
  readonly verdict: 'ok' | 'warn' | 'bad'
  readonly what: string
  readonly todo: string
}

export const finding = (about: string, verdict: Finding['verdict'], what: string, todo = ''): Finding => ({
  about,
  verdict,
  what,
  todo,
})
