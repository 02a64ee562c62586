/**
 * GitLab obeys: a line of a description or comment that begins with `/close`, `/assign` or `/confidential` is done and
 * taken out of the text, whoever wrote it first. So no line of ours begins with a word after a slash. Outside of code a
 * backslash goes before it, which Markdown does not show; in code, where it would be seen, one blank. Read back, both go
 * away again. `/usr/bin` is no command, and stays as it is.
 */

const COMMAND = /^\/[a-z][\w-]*(?:\s.*)?$/i
const GUARDED = /^\\(\/[a-z][\w-]*(?:\s.*)?)$/i
const GUARDED_IN_CODE = /^ (\/[a-z][\w-]*(?:\s.*)?)$/i
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/

const normalLines = (text: string): string => text.replace(/\r\n?/g, '\n')

const byLine = (text: string, change: (line: string, isCode: boolean) => string): string => {
  let fence: string | null = null
  return normalLines(text)
    .split('\n')
    .map((line) => {
      const [, marks = '', rest = ''] = FENCE.exec(line) ?? []
      if (fence === null && marks !== '' && !(marks.startsWith('`') && rest.includes('`'))) {
        fence = marks
        return line
      }
      if (fence !== null && marks.startsWith(fence) && rest.trim() === '') {
        fence = null
        return line
      }
      return change(line, fence !== null)
    })
    .join('\n')
}

/** Text of ours, so that GitLab obeys none of it. */
export const guarded = (text: string): string =>
  byLine(text, (line, isCode) => (COMMAND.test(line) ? `${isCode ? ' ' : '\\'}${line}` : line))

/** Text as GitLab shows it, without the guard; with the line ends of an API. */
export const unguarded = (text: string): string =>
  byLine(text, (line, isCode) => line.replace(isCode ? GUARDED_IN_CODE : GUARDED, '$1'))
