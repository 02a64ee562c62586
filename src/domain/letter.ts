/** What a mail says. Who may read it is said by its type: to a customer goes a `Public<Letter>` only. */
export interface Letter {
  readonly subject: string
  readonly text: string
}
