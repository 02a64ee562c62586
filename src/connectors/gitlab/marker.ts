/**
 * Our key in an issue: an HTML comment at the end of the description, which GitLab keeps and shows to nobody. Issues
 * have no custom fields over REST, and a label for each item would fill everybody's list of labels.
 */

const MARKER = /(?:\n{1,2})?<!-- causeway:([\w.~%-]{1,300}) -->/g

/** No two hyphens in a row, which would end the comment. */
const encoded = (marker: string): string =>
  encodeURIComponent(marker)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('--', '-%2D')

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export const markersIn = (description: string): readonly string[] =>
  [...description.matchAll(MARKER)].flatMap(([, key = '']) => decoded(key) ?? [])

/** What a person wrote. */
export const withoutMarker = (description: string): string => description.replace(MARKER, '')

/** Text from elsewhere must not carry a marker: it would be taken for the item of another record. */
export const disarmed = (text: string): string => text.replace(/<!--\s*causeway:/gi, '<!-- causeway :')

export const withMarkers = (text: string, markers: readonly string[]): string => {
  const comments = markers.map((marker) => `<!-- causeway:${encoded(marker)} -->`).join('\n')
  if (comments === '') return disarmed(text)
  return text === '' ? comments : `${disarmed(text)}\n\n${comments}`
}
