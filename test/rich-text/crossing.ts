import type { RichFormat } from '../../src/sync/connector.ts'
import { mergeFields } from '../../src/sync/merge-fields.ts'
import type { FieldBase } from '../../src/sync/mirror-base.ts'
import { peopleOf } from '../../src/sync/people.ts'
import { codecs, type RichText } from '../../src/sync/rich-text/index.ts'
import { NO_MAPPING_FOR_TESTS } from '../../src/sync/sample-merges.ts'

/** One text of the hub with a tool on each side, merged by the sync's own merge. */

const NOW = '2026-03-02T08:00:00Z'
const PAIR = 'description~cf:Text'
const RULE = { hub: 'description', tool: 'cf:Text', direction: 'both', conflict: 'ask' } as const

export interface Standing {
  readonly format: RichFormat
  readonly hub: RichText
  /** What the tool shows. */
  readonly tool: string
  readonly base: FieldBase
}

export interface Look {
  /** Set here, or undefined. */
  readonly here: RichText | undefined
  /** Written there, or undefined. */
  readonly there: string | undefined
  readonly trouble: number
}

export const baseOf = (hub: RichText, tool: string): FieldBase => ({ hub, tool, by: 'both', at: NOW })

/** One look of the sync at a tool. */
export const look = (standing: Standing): Look => {
  const plan = mergeFields({
    rules: [RULE],
    base: { [PAIR]: standing.base },
    hub: { description: standing.hub },
    tool: { 'cf:Text': standing.tool },
    conversion: { mapping: NO_MAPPING_FOR_TESTS, format: standing.format, people: peopleOf([], {}) },
    canWrite: () => true,
    first: 'ask',
    remap: false,
    quiet: false,
    now: NOW,
  })
  const there = plan.toTool['cf:Text']
  return {
    here: plan.toHub.description as RichText | undefined,
    there: typeof there === 'string' ? there : undefined,
    trouble: plan.holds.length + plan.conflicts.length,
  }
}

/** Attributes that Jira's editor gives by itself to what it is sent. */
const adfStored = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(adfStored)
  if (value === null || typeof value !== 'object') return value
  const node: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === 'attrs' ? one : adfStored(one)]),
  )
  if (node['type'] === 'paragraph' || node['type'] === 'heading' || node['type'] === 'table')
    node['attrs'] = { localId: 'b7a3f2c1d0e9', ...(node['attrs'] as object | undefined) }
  if (node['type'] === 'table')
    node['attrs'] = { isNumberColumnEnabled: false, layout: 'align-start', ...(node['attrs'] as object) }
  return node
}

/** What a tool makes of a text it is sent, without anybody's doing. */
export const STORED: Readonly<Record<RichFormat, (text: string) => string>> = {
  // forms of browsers send CR LF
  markdown: (text) => text.replaceAll('\n', '\r\n'),
  textile: (text) => `${text.replaceAll('\n', '\r\n')}\r\n`,
  wiki: (text) => text.replaceAll('\n', '\r\n'),
  plain: (text) => `${text.replaceAll('\n', '\r\n')}\r\n`,
  // Zendesk: its own wrapper, a direction for every block
  html: (text) =>
    `<div class="zd-comment" dir="auto">${text.replace(/<(p|h[1-6]|ul|ol)>/g, '<$1 dir="auto">')}</div>`,
  adf: (text) => JSON.stringify(adfStored(JSON.parse(text))),
}

/** The sides of a text that was born in `from` and is shown in `to`. */
export const crossed = (
  text: string,
  from: RichFormat,
  to: RichFormat,
): { readonly here: RichText; readonly born: Standing; readonly copy: Standing } => {
  const here = codecs[from].read(text)
  const sent = codecs[to].write(here)
  return {
    here,
    born: { format: from, hub: here, tool: text, base: baseOf(here, text) },
    copy: { format: to, hub: here, tool: STORED[to](sent), base: baseOf(here, sent) },
  }
}

/** What stands in the tool of birth after somebody made the copy say `edited`; null where nothing is written. */
export const carriedBack = (
  sides: ReturnType<typeof crossed>,
  edited: string,
): { readonly text: string | null; readonly hub: RichText; readonly trouble: number } => {
  const seen = look({ ...sides.copy, tool: edited })
  if (seen.here === undefined) return { text: null, hub: sides.here, trouble: seen.trouble }
  const written = look({ ...sides.born, hub: seen.here })
  return { text: written.there ?? null, hub: seen.here, trouble: seen.trouble + written.trouble }
}
