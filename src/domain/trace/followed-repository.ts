import { said } from '../../lib/said.ts'

/** How often a repository is looked at, in minutes. */
export const EVERY_MINUTES = { min: 1, max: 1_440, usual: 10 } as const

/** Why nothing can be read at this address, and what to do; null: it may be tried. */
export const addressFault = (address: string): string | null => {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return said`A repository is read over https: write its address as https://…`
  // programs do not agree on which host such an address names
  if (/[\s\\]/.test(address)) return said`The address of a repository has no blank and no “\\”.`
  if (url.username !== '' || url.password !== '')
    return said`The address holds a user name or token: write these in their own fields, where they are sealed.`
  if (url.search !== '' || url.hash !== '') return said`The address of a repository has no “?” and no “#”.`
  return null
}

/** As git names branches and tags, without what git reads as an order of its own. */
export const isRefName = (ref: string): boolean =>
  ref.length <= 200 &&
  /^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/.test(ref) &&
  !ref.includes('..') &&
  !ref.includes('@{')
