interface Head {
  readonly ref: string
  readonly release: string
}

/** `main 4.4`, one a line. */
export const headsText = (heads: readonly Head[]): string =>
  heads.map(({ ref, release }) => `${ref} ${release}`).join('\n')

/** null: a line has no release. A release's name may have spaces, a branch's has none. */
export const readHeads = (text: string): readonly Head[] | null => {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const heads = lines.map((line) => {
    const [, ref = '', release = ''] = /^(\S+)\s+(.+)$/.exec(line) ?? []
    return { ref, release }
  })
  return heads.every(({ ref }) => ref !== '') ? heads : null
}
