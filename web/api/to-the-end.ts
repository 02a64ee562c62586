interface Sending<In, Out> {
  readonly mutateAsync: (input: In) => Promise<Out>
}

/**
 * Sends it and goes on with the answer, also when a live list has meanwhile taken away the row that asked: what `mutate`
 * calls back is lost with its row, and with it the word that it is done and the way to undo it. A failure stands in the
 * mutation, where the row shows it.
 */
export const toTheEnd = <In, Out>(sending: Sending<In, Out>, input: In, then: (out: Out) => void): void => {
  sending.mutateAsync(input).then(then, () => undefined)
}
