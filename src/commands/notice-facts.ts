import { DEFAULT_TEMPLATES, type NoticeFacts, noticeText } from '../domain/notice-words.ts'
import type { OutreachStanding } from '../domain/outreach.ts'
import type { Language, Settings } from '../domain/settings.ts'
import type { Tx } from '../store/database.ts'
import { ownTemplates, type TemplateKey } from '../store/outreach.ts'
import { readSettings } from '../store/settings.ts'
import type { ReleaseInPlay, TicketToTell } from '../store/views/tickets-to-tell.ts'
import { codecs, plainText } from '../sync/rich-text/index.ts'

/** What notices are written with: templates and the language of who chose none. */
export interface Wording {
  readonly settings: Pick<Settings, 'language'>
  readonly templates: ReadonlyMap<string, string>
}

export const readWording = async (tx: Tx): Promise<Wording> => ({
  settings: await readSettings(tx),
  templates: await ownTemplates(tx),
})

export const languageFor = ({ settings }: Wording, language: Language | null): Language =>
  language ?? settings.language ?? 'en'

export const templateFor = (
  { templates }: Pick<Wording, 'templates'>,
  standing: OutreachStanding,
  language: Language,
): string =>
  templates.get(`${standing}|${language}` satisfies TemplateKey) ?? DEFAULT_TEMPLATES[standing][language]

/** A customer's words in Markdown, so that each of their characters shows. */
const asPlain = (words: string): string => codecs.markdown.write(plainText(words)).replace(/\s+/g, ' ').trim()

/** The words to one recipient, of all that they are told of at once; oldest ticket first. */
export const wordsFor = (
  wording: Wording,
  release: ReleaseInPlay,
  standing: OutreachStanding,
  tickets: readonly TicketToTell[],
): { readonly language: Language; readonly text: string } => {
  const language = languageFor(wording, tickets[0]?.language ?? null)
  const facts: NoticeFacts = {
    ...{ standing, language, product: release.productName, release: release.name },
    contact: tickets[0]?.contact?.name ?? null,
    customer: tickets[0]?.customer?.name ?? null,
    planned: { from: release.from, to: release.to },
    requests: tickets.map(({ shownKey, ...ticket }) => ({ key: shownKey, ...ticket })),
  }
  return { language, text: noticeText(templateFor(wording, standing, language), facts, asPlain) }
}

export const oldestFirst = (tickets: readonly TicketToTell[]): readonly TicketToTell[] =>
  tickets.toSorted((a, b) => a.number - b.number)
