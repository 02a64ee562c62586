import { type Reading, readingOf, readingOfNote, type Verdict, verdictOf } from '../domain/bug-or-feature.ts'
import type { Refusal } from '../domain/refusal.ts'
import { type CandidateWorkItem, type Suggestion, suggest, wordsOf } from '../domain/similar.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findProduct } from '../store/organisation.ts'
import { findReleaseNamed } from '../store/releases.ts'
import { readByIndex } from '../store/views/by-index.ts'
import { type DescribedNote, describedNotes } from '../store/views/described-notes.ts'
import { type DescribedWork, describedWork } from '../store/views/described-work.ts'
import { toPlainText } from '../sync/rich-text/plain.ts'
import { unknown } from './outcome.ts'

export interface BugOrFeature {
  /** As the caller says it. */
  readonly text: string
  /** Id or key. */
  readonly product: string | null
  /** What runs there, as the caller calls it. */
  readonly version: string | null
}

export interface Evidence extends Pick<Suggestion, 'score' | 'reasons'> {
  readonly reading: Reading
  /** Null: a note that is about no work item, or about one whose words say nothing alike. */
  readonly work: DescribedWork | null
  /** An approved note of a release. */
  readonly note: DescribedNote | null
}

export interface Judged {
  readonly verdict: Verdict
  /** What the version is here; null: no release of ours is called so. */
  readonly release: { readonly id: string; readonly name: string } | null
  /** Best first. */
  readonly evidence: readonly Evidence[]
}

const MOST = 5
const MOST_WORDS = 24
/** One word that two texts share settles nothing: half of all defects may be about the printer. */
const ENOUGH_WORDS = 2

/** What settles the question goes before what is hardly more alike and does not. */
const weight = ({ reading, score }: Evidence): number => (reading === 'related' ? 0.8 * score : score)

/** Whether what somebody describes is meant to be so, is a known defect, or is neither that we know of. Only reads. */
export const bugOrFeature = async (
  tx: Tx,
  { text, product: ref, version }: BugOrFeature,
): Promise<Result<Judged, Refusal>> => {
  const product = ref === null ? null : await findProduct(tx, ref)
  if (ref !== null && product === null) return unknown('product', ref, '/product')
  const named = version?.trim() ?? ''
  const release =
    product === null || named === ''
      ? null
      : ((await findReleaseNamed(tx, product.id, named)) ??
        (await findReleaseNamed(tx, product.id, named.replace(/^v(?=\d)/i, ''))))
  const words = [...wordsOf(text)].slice(0, MOST_WORDS)
  const place = { productId: product?.id ?? null, releaseId: release?.id ?? null }
  await readByIndex(tx)
  const found = await describedWork(tx, { words, ...place })
  const notes = await describedNotes(tx, { words, ...place })
  const evidence = mostTelling([
    ...fromWork(text, words, place.productId, found),
    ...fromNotes(text, words, place.productId, notes, found),
  ])
  return ok({
    verdict: verdictOf(evidence[0]?.reading),
    release: release && { id: release.id, name: release.name },
    evidence,
  })
}

type Alike = Omit<CandidateWorkItem, 'key' | 'componentId' | 'state'> &
  Partial<Pick<CandidateWorkItem, 'key' | 'state'>>

/** How alike each is, as far as it is alike at all. What is done and what is open answer a caller equally well. */
const alikeOf = <T extends { readonly id: string }>(
  text: string,
  words: readonly string[],
  productId: string | null,
  all: readonly T[],
  toAlike: (one: T) => Alike,
): readonly (Pick<Suggestion, 'score' | 'reasons'> & { readonly one: T; readonly isEnough: boolean })[] => {
  const byId = new Map(all.map((one) => [one.id, one]))
  const candidates = all.map((one) => ({
    key: '',
    state: 'ready' as const,
    ...toAlike(one),
    componentId: null,
  }))
  const texts = new Map(candidates.map((one) => [one.id, wordsOf(`${one.title} ${one.text}`)]))
  return suggest({ title: text, text: '', productId, componentId: null }, candidates, all.length).flatMap(
    ({ id, score, reasons }) => {
      const one = byId.get(id)
      if (one === undefined) return []
      const isEnough = words.filter((word) => texts.get(id)?.has(word)).length >= ENOUGH_WORDS
      return [{ one, score, reasons, isEnough }]
    },
  )
}

const fromWork = (
  text: string,
  words: readonly string[],
  productId: string | null,
  found: readonly DescribedWork[],
): readonly Evidence[] =>
  alikeOf(text, words, productId, found, ({ description, says, tickets, ...work }) => ({
    ...{ id: work.id, key: work.key, title: work.title, state: work.state, productId: work.productId },
    ...{ text: `${toPlainText(description)} ${says}`, tickets },
  })).map(({ one, isEnough, ...why }) => ({
    ...{ reading: isEnough ? readingOf(one) : ('related' as const), work: one, note: null, ...why },
  }))

const fromNotes = (
  text: string,
  words: readonly string[],
  productId: string | null,
  notes: readonly DescribedNote[],
  found: readonly DescribedWork[],
): readonly Evidence[] =>
  alikeOf(text, words, productId, notes, ({ id, title, body, say, workaround, ...note }) => ({
    ...{ id, title, text: [body, say, workaround].join(' '), productId: note.productId, tickets: 0 },
  })).map(({ one, isEnough, ...why }) => ({
    reading: isEnough ? readingOfNote(one) : ('related' as const),
    work: found.find(({ id }) => id === one.workItemId) ?? null,
    note: one,
    ...why,
  }))

const settles = ({ reading, note }: Evidence): boolean =>
  note !== null && (reading === 'intended' || reading === 'known defect')

/** Best first. Of one work item only what tells most: a note that settles the question, else what is most alike. */
const mostTelling = (all: readonly Evidence[]): readonly Evidence[] => {
  const seen = new Set<string>()
  return all
    .toSorted((a, b) => Number(settles(b)) - Number(settles(a)) || weight(b) - weight(a))
    .filter(({ work, note }) => {
      const id = work?.id ?? note?.workItemId ?? note?.id ?? ''
      return !seen.has(id) && seen.add(id)
    })
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, MOST)
}
