import type { Reading, Verdict } from '../bug-or-feature.ts'
import type { Language } from '../settings.ts'
import type { ChatKind } from './chat-kind.ts'
import type { ChatQuestion } from './read-question.ts'

/** What one piece of evidence says to who answers a caller. */
export interface SaidEvidence {
  readonly reading: Reading
  /** Of the work item or the release's note. */
  readonly name: string
  readonly title: string
  /** Where a person reads on. */
  readonly url: string
  readonly behaviour: string | null
  readonly say: string | null
  readonly workaround: string | null
  readonly declined: string | null
  readonly firstIn: string | null
  readonly planned: { readonly name: string; readonly from: string | null; readonly to: string | null } | null
}

export interface SaidVerdict {
  readonly question: ChatQuestion
  readonly verdict: Verdict
  /** What the version is here; null: no release is called so. */
  readonly release: string | null
  /** Best first. */
  readonly evidence: readonly SaidEvidence[]
  /** Opens a ticket with these words. */
  readonly openUrl: string
}

const EN = {
  verdicts: { intended: 'Intended', 'known defect': 'Known defect', unknown: 'Unknown' },
  readings: {
    ...{ intended: 'it is meant to be so', 'known defect': 'a known defect' },
    ...{ fixed: 'fixed in their version', newer: 'comes with a newer release', related: 'only related' },
  },
  say: 'Say',
  behaviour: 'It behaves so',
  workaround: 'Workaround',
  declined: 'Engineering declined it',
  firstIn: 'First in',
  planned: 'Planned for',
  nothing: 'Engineering knows nothing that says something like it.',
  noRelease: (version: string) => `No release is called ${version}: which fixes it has is not known.`,
  open: 'Open a ticket with these words',
  help: 'Write what the caller says, and what they run: `printing takes two pages product:atlas version:4.3`',
  refused: (why: string) => `That could not be answered: ${why}`,
}

const DE: typeof EN = {
  verdicts: { intended: 'Absicht', 'known defect': 'Bekannter Fehler', unknown: 'Unbekannt' },
  readings: {
    ...{ intended: 'das ist so gewollt', 'known defect': 'ein bekannter Fehler' },
    ...{
      fixed: 'in deren Version behoben',
      newer: 'kommt mit einem neueren Release',
      related: 'nur verwandt',
    },
  },
  say: 'Zu sagen ist',
  behaviour: 'So verhält es sich',
  workaround: 'Umgehung',
  declined: 'Die Entwicklung hat es abgelehnt',
  firstIn: 'Zuerst in',
  planned: 'Geplant für',
  nothing: 'Die Entwicklung weiß von nichts, das Ähnliches sagt.',
  noRelease: (version) => `Kein Release heißt ${version}: welche Behebungen darin sind, ist nicht bekannt.`,
  open: 'Ein Ticket mit diesen Worten eröffnen',
  help: 'Schreiben Sie, was der Anrufer sagt und was dort läuft: `Drucken braucht zwei Seiten product:atlas version:4.3`',
  refused: (why) => `Das ließ sich nicht beantworten: ${why}`,
}

const WORDS: Readonly<Record<Language, typeof EN>> = { en: EN, de: DE }

/** How a tool marks text. What comes from records can mark nothing, and calls nobody. */
interface Marks {
  readonly plain: (text: string) => string
  readonly strong: (text: string) => string
  readonly link: (text: string, url: string) => string
}

const MOST_TEXT = 600
const short = (text: string): string => {
  const line = text.replaceAll(/\s+/gu, ' ').trim()
  return line.length <= MOST_TEXT ? line : `${line.slice(0, MOST_TEXT).toWellFormed()} …`
}

/** https://api.slack.com/reference/surfaces/formatting#escaping */
const forSlack = (text: string): string =>
  short(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const forMarkdown = (text: string): string =>
  short(text)
    .replaceAll(/[\\`*_{}[\]()#+!|~<>-]/g, '\\$&')
    // a word joiner: what stands behind it is nobody's name any more
    .replaceAll('@', '@\u2060')

const SLACK: Marks = {
  plain: forSlack,
  strong: (text) => `*${forSlack(text)}*`,
  link: (text, url) => `<${url}|${forSlack(text).replaceAll('|', '¦')}>`,
}
const MARKDOWN: Marks = {
  plain: forMarkdown,
  strong: (text) => `**${forMarkdown(text)}**`,
  link: (text, url) => `[${forMarkdown(text)}](${url})`,
}
const MARKS: Readonly<Record<ChatKind, Marks>> = { slack: SLACK, mattermost: MARKDOWN, teams: MARKDOWN }

const MOST = 3

/** The verdict with what it is read from, as whoever asked in a chat reads it. */
export const sayVerdict = (kind: ChatKind, language: Language, answer: SaidVerdict): string => {
  const words = WORDS[language]
  const { plain, strong, link } = MARKS[kind]
  const { question, verdict, release, evidence } = answer
  const dated = (planned: NonNullable<SaidEvidence['planned']>): string => {
    const days = [...new Set([planned.from, planned.to])].filter((day) => day !== null)
    return `${planned.name}${days.length === 0 ? '' : ` (${days.join(' – ')})`}`
  }
  const facts = (one: SaidEvidence): readonly string[] =>
    [
      [words.say, one.say],
      [words.behaviour, one.behaviour],
      [words.workaround, one.workaround],
      [words.declined, one.declined],
      [words.firstIn, one.firstIn],
      [words.planned, one.planned === null ? null : dated(one.planned)],
    ].flatMap(([label, value]) =>
      label == null || value == null || value === '' ? [] : [`${label}: ${plain(value)}`],
    )
  const shown = evidence.slice(0, MOST).flatMap((one, at) => [
    `${link(`${one.name} ${one.title}`, one.url)}: ${words.readings[one.reading]}`,
    // the best is told in full; of the others one sees what they are
    ...(at === 0 ? facts(one) : []),
  ])
  const isUnknownVersion = question.version !== null && release === null
  return [
    `${strong(words.verdicts[verdict])} · “${plain(question.text)}”`,
    ...(isUnknownVersion ? [plain(words.noRelease(question.version ?? ''))] : []),
    ...(shown.length === 0 ? [words.nothing] : shown),
    ...(verdict === 'unknown' ? [link(words.open, answer.openUrl)] : []),
  ].join('\n\n')
}

export const sayHelp = (language: Language): string => WORDS[language].help
/** `why` is a sentence of ours. */
export const sayRefusal = (kind: ChatKind, language: Language, why: string): string =>
  WORDS[language].refused(MARKS[kind].plain(why))

/** The answer as the tool takes it: to whoever asked alone, where the tool can. */
export const replyOf = (kind: ChatKind, text: string): Readonly<Record<string, string>> =>
  kind === 'teams' ? { type: 'message', text } : { response_type: 'ephemeral', text }
