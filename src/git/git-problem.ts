/** Ends what was asked for: one sentence of what is wrong and one of what to do. */
export class GitProblem extends Error {
  /** `asked`: what was asked for does not fit; `found`: what lies there does not do. */
  readonly kind: 'asked' | 'found'
  readonly todo: string
  /** More lines for a person, e.g. tags. */
  readonly lines: readonly string[]
  constructor(kind: 'asked' | 'found', what: string, todo: string, lines: readonly string[] = []) {
    super(what)
    this.kind = kind
    this.todo = todo
    this.lines = lines
  }
}
