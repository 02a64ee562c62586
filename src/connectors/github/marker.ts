/**
 * Our marker in an issue's body: a comment in HTML at its end, which GitHub renders as nothing. An issue has no field of
 * our own to keep it in: a label would be seen by everybody and fill the list of labels; a field of a project or an
 * organisation would need rights that most have not. Who edits the body sees it, and a copy of the issue holds it, which
 * is how a clone is noticed. It holds the key of our record and nothing else.
 */

const MARKER = /\n{0,2}<!-- causeway: ([\w.:/-]{1,100}) -->/g

/** GitHub keeps the line ends that a browser sends. */
export const normalLines = (text: string): string => text.replace(/\r\n?/g, '\n')

export const markersIn = (body: string | null | undefined): readonly string[] =>
  [...(body ?? '').matchAll(MARKER)].map(([, marker = '']) => marker)

/** What people wrote. */
export const withoutMarker = (body: string | null | undefined): string =>
  normalLines(body ?? '').replace(MARKER, '')

export const withMarkers = (text: string, markers: readonly string[]): string =>
  [text, ...markers.map((marker) => `<!-- causeway: ${marker} -->`)]
    .filter((each) => each !== '')
    .join('\n\n')
