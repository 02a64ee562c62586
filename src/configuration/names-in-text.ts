/**
 * Names of the `${NAME}` references in a file's text, once each, sorted: what whoever applies it may hand over. Comments
 * are not read as values, so a name that only a comment shows is not among them.
 */
export const namesInText = (text: string): readonly string[] => {
  const withoutComments = text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .join('\n')
  const found = withoutComments.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)
  return [...new Set([...found].flatMap((match) => match[1] ?? []))].sort()
}
