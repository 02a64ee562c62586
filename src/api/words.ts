import type { AskedQuestion, ShownEscalation } from '../store/views/shown-parts.ts'
import { codecs, type RichText } from '../sync/rich-text/index.ts'

/** Rich text comes and goes as Markdown. */
export const readMarkdown = (text: string): RichText => codecs.markdown.read(text)
export const writeMarkdown = (tree: RichText): string => codecs.markdown.write(tree)

/** What a body gave, read; what it did not give stays absent. */
export const optionalMarkdown = (text: string | undefined): { readonly description?: RichText } =>
  text === undefined ? {} : { description: readMarkdown(text) }

/** Engineering's question in words. */
export const presentAsked = (asked: AskedQuestion | null) =>
  asked === null ? null : { ...asked, text: writeMarkdown(asked.text) }

export const presentEscalation = ({ asked, ...escalation }: ShownEscalation) => ({
  ...escalation,
  asked: presentAsked(asked),
})
