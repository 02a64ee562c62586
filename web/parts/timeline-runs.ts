import type { Entry } from '../api/timeline.ts'

type Happening = Extract<Entry, { type: 'event' }>
export type Block =
  | { readonly type: 'entry'; readonly entry: Exclude<Entry, { type: 'event' }> }
  /** Happenings with no words between them. */
  | { readonly type: 'run'; readonly events: readonly Happening[] }

/** Parts what people said from what happened around it, in the same order: a long run of happenings can then be folded. */
export const partRuns = (entries: readonly Entry[]): readonly Block[] => {
  const blocks: Block[] = []
  for (const entry of entries) {
    const last = blocks.at(-1)
    if (entry.type !== 'event') blocks.push({ type: 'entry', entry })
    else if (last?.type === 'run')
      blocks[blocks.length - 1] = { type: 'run', events: [...last.events, entry] }
    else blocks.push({ type: 'run', events: [entry] })
  }
  return blocks
}
