export interface GitProblemMore {
  /** For who knows better what to do about it than a pipeline's words say. */
  readonly code?: 'no-tags' | 'twins' | 'no-commit' | 'moved'
  /** More lines for a person, e.g. tags. */
  readonly lines?: readonly string[]
}

/** Ends what was asked for: one sentence of what is wrong and one of what to do. */
export class GitProblem extends Error {
  /** `asked`: what was asked for does not fit; `found`: what lies there does not do. */
  readonly kind: 'asked' | 'found'
  readonly todo: string
  readonly code: GitProblemMore['code']
  readonly lines: readonly string[]
  constructor(
    kind: 'asked' | 'found',
    what: string,
    todo: string,
    { code, lines = [] }: GitProblemMore = {},
  ) {
    super(what)
    this.kind = kind
    this.todo = todo
    this.code = code
    this.lines = lines
  }
}
