/**
 * The name of an operation for programs that are generated from the API's description: `getTicketsByRef`,
 * `postTicketsByRefResolve`. Derived from method and address alone, which are the API's promise, so it is unique and
 * stays as long as they do.
 */
export const operationId = (method: string, url: string): string => {
  const parts = url
    .replace(/^\/api\/(v1\/)?/, '/')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : words(part)))
  return `${method.toLowerCase()}${parts.join('')}`
}

const words = (part: string): string =>
  part
    .split(/[^A-Za-z0-9]+/)
    .map(capital)
    .join('')

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
