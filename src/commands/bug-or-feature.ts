import { type Reading, readingOf, type Verdict, verdictOf } from '../domain/bug-or-feature.ts'
import type { Refusal } from '../domain/refusal.ts'
import { type Suggestion, suggest, wordsOf } from '../domain/similar.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findProduct } from '../store/organisation.ts'
import { findReleaseNamed } from '../store/releases.ts'
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
  readonly work: DescribedWork
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
  const found = await describedWork(tx, { words, ...place })
  const byId = new Map(found.map((work) => [work.id, work]))
  const evidence = alike(text, place.productId, found)
    .flatMap(({ id, score, reasons }) => {
      const work = byId.get(id)
      if (work === undefined) return []
      const said = wordsOf(`${work.title} ${toPlainText(work.description)} ${work.says}`)
      const isEnough = words.filter((word) => said.has(word)).length >= ENOUGH_WORDS
      return [{ reading: isEnough ? readingOf(work) : ('related' as const), work, score, reasons }]
    })
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST)
  return ok({
    verdict: verdictOf(evidence[0]?.reading),
    release: release && { id: release.id, name: release.name },
    evidence,
  })
}

/** What is done and what is open answer a caller equally well. */
const alike = (
  text: string,
  productId: string | null,
  found: readonly DescribedWork[],
): readonly Suggestion[] =>
  suggest(
    { title: text, text: '', productId, componentId: null },
    found.map(({ description, says, tickets, ...work }) => ({
      ...{ id: work.id, key: work.key, title: work.title, state: work.state, productId: work.productId },
      ...{ text: `${toPlainText(description)} ${says}`, componentId: null, tickets },
    })),
    found.length,
  )
