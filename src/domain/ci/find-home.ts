/** Where a CI system's words belong here: by rules that a person wrote, in their order. */

/** `*` stands for any text; upper and lower case are one. */
export const fitsPattern = (pattern: string, name: string): boolean => {
  const pieces = pattern.toLowerCase().split('*')
  const text = name.toLowerCase()
  const [first = '', ...rest] = pieces
  if (rest.length === 0) return text === first
  const last = rest.pop() ?? ''
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false
  let from = first.length
  const end = text.length - last.length
  for (const piece of rest) {
    const found = text.indexOf(piece, from)
    if (found < 0 || found + piece.length > end) return false
    from = found + piece.length
  }
  return true
}

/**
 * Names that a release may have by a ref, the likeliest first: `refs/tags/v4.2` is the release `refs/tags/v4.2`, `v4.2`
 * or `4.2`; with the prefix `billing/`, `billing/v4.2` is `v4.2` or `4.2` too.
 */
export const releaseNames = (ref: string, prefix: string | null): readonly string[] => {
  const tag = ref.replace(/^refs\/(tags|heads)\//, '')
  const bare = prefix !== null && prefix !== '' && tag.startsWith(prefix) ? tag.slice(prefix.length) : tag
  return [...new Set([ref, tag, bare, bare.replace(/^v(?=\d)/, '')])].filter((name) => name !== '')
}
