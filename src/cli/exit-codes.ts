/** What a script can rely on. In `causeway --help` and docs/operating/command-line.md. */
export const EXIT = {
  fine: 0,
  failed: 1,
  usage: 2,
  /** It worked, and there is something for a person: holds, conflicts, differences of a dry run. */
  foundProblems: 3,
  unreachable: 4,
  /** The server understood and said no. */
  refused: 5,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command with one sentence of what is wrong and one of what to do. */
export class CliStop extends Error {
  readonly exit: ExitCode
  readonly todo: string
  /** More lines for a person, e.g. the places in a file. */
  readonly lines: readonly string[]
  constructor(exit: ExitCode, what: string, todo: string, lines: readonly string[] = []) {
    super(what)
    this.exit = exit
    this.todo = todo
    this.lines = lines
  }
}
