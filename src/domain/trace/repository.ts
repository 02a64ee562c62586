/** `https://github.com/acme/shop.git`, `git@github.com:acme/shop.git` → `acme/shop`; null where it has no such form. */
export const pathOfRepository = (name: string): string | null => {
  const path = name
    .replace(/^[a-z+]+:\/\/[^/]*\//i, '')
    .replace(/^[\w.-]+@[\w.-]+:/, '')
    .replace(/\.git\/?$/, '')
    .replace(/^\/+|\/+$/g, '')
  return /^[\w.-]+(?:\/[\w.-]+)+$/.test(path) ? path : null
}

/** A bare `#12` may be an issue of the repository itself, or of a tracker that counts its issues so: both are looked for. */
export const withRepository = (keys: readonly string[], repository: string): readonly string[] => {
  const path = pathOfRepository(repository)
  return path === null ? keys : keys.flatMap((key) => (key.startsWith('#') ? [key, `${path}${key}`] : [key]))
}

/** Names no tracker by itself: where no work item has it, it may as well be a pull request. */
export const isBareNumber = (key: string): boolean => key.includes('#')
