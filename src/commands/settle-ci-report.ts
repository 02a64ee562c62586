import { fitsPattern, releaseNames } from '../domain/ci/find-home.ts'
import { said } from '../lib/said.ts'
import { findChange } from '../store/changes.ts'
import { type CiReport, type CiRule, type CiSource, rulesOf, settleReport } from '../store/ci-sources.ts'
import type { Tx } from '../store/database.ts'
import { findEnvironmentKeyed } from '../store/environments.ts'
import { findRelease, findReleaseNamed, type Release } from '../store/releases.ts'
import { findReleaseOfSha } from '../store/trace-lines.ts'
import { type Effects, NO_EFFECTS, together } from './outcome.ts'
import type { PlaceRef } from './place-of-deployment.ts'
import { recordDeployment } from './record-deployment.ts'
import type { CommandContext } from './run-command.ts'

type Settled = Pick<CiReport, 'state' | 'missing' | 'reason'>
const waiting = (missing: CiReport['missing'], reason: string): Settled => ({
  state: 'waiting',
  missing,
  reason,
})
const ignored = (reason: string): Settled => ({ state: 'ignored', missing: null, reason })

export interface SettledReports extends Effects {
  readonly settled: readonly Settled[]
}

/** Understands what a source told, as far as it can now. What cannot be understood waits, with what is missing. */
export const settleReports = async (
  tx: Tx,
  context: CommandContext,
  source: CiSource,
  reports: readonly CiReport[],
): Promise<SettledReports> => {
  const rules = await rulesOf(tx, source.id)
  const settled: Settled[] = []
  const effects: Effects[] = []
  for (const report of reports) {
    const one = await settle(tx, context, source, rules, report)
    await settleReport(tx, report.id, one.settled, context.now)
    settled.push(one.settled)
    effects.push(one.effects)
  }
  return { settled, ...together(...effects) }
}

const settle = async (
  tx: Tx,
  context: CommandContext,
  source: CiSource,
  rules: readonly CiRule[],
  report: CiReport,
): Promise<{ readonly settled: Settled; readonly effects: Effects }> => {
  const alone = (settled: Settled) => ({ settled, effects: NO_EFFECTS })
  if (source.paused_at !== null) return alone(waiting('resume', said`The source is paused.`))
  const { told } = report
  const fitting = rules.filter(({ pattern }) => fitsPattern(pattern, told.environment))
  const places =
    fitting.length > 0
      ? fitting.flatMap(placeOf)
      : await placeOfThatKey(tx, source.product_id, told.environment)
  if (places.length === 0)
    return alone(
      fitting.length > 0
        ? ignored(said`A rule says that this place is of no interest.`)
        : waiting('place', said`No rule says where “${told.environment}” is.`),
    )
  const release = await releaseOf(tx, source, report)
  if (release === null) return alone(waiting('release', missingRelease(told.ref, told.commit)))
  const by: CommandContext = { ...context, actor: { kind: 'token', id: source.id, name: source.name } }
  const effects: Effects[] = []
  let worst: Settled = { state: 'taken', missing: null, reason: null }
  for (const place of places) {
    const told = { ...place, ...inputOf(source, report, release), ...(await changeOf(tx, source, report)) }
    const recorded = await recordDeployment(tx, by, told)
    if (recorded.ok) effects.push(recorded.value)
    // it contradicts what is known already: that will not change by waiting
    else if (recorded.error.field === '/state')
      worst = worst.state === 'waiting' ? worst : ignored(recorded.error.detail)
    else worst = waiting('other', recorded.error.detail)
  }
  return { settled: worst, effects: together(...effects) }
}

const placeOf = ({ environment_id, installation_id }: CiRule): readonly PlaceRef[] => {
  if (environment_id !== null) return [{ environment: environment_id }]
  return installation_id === null ? [] : [{ installation: installation_id }]
}

/** An environment of the product whose key is what they call it needs no rule. */
const placeOfThatKey = async (tx: Tx, productId: string, name: string): Promise<readonly PlaceRef[]> => {
  const environment = await findEnvironmentKeyed(tx, productId, name)
  return environment === null ? [] : [{ environment: environment.id }]
}

const releaseOf = async (tx: Tx, source: CiSource, { told }: CiReport): Promise<Release | null> => {
  for (const name of told.ref === null ? [] : releaseNames(told.ref, source.tag_prefix)) {
    const found = await findReleaseNamed(tx, source.product_id, name)
    if (found !== null) return found
  }
  const id = told.commit === null ? null : await findReleaseOfSha(tx, source.product_id, told.commit)
  return id === null ? null : findRelease(tx, id)
}

/** A change that is not known here, or of another product, keeps nobody from knowing what runs. */
const changeOf = async (tx: Tx, source: CiSource, { told }: CiReport) => {
  const change = told.change == null ? null : await findChange(tx, told.change)
  return change?.product_id === source.product_id ? { change: change.id } : {}
}

const missingRelease = (ref: string | null, commit: string | null): string => {
  if (ref === null) return said`No release is the commit ${commit?.slice(0, 12) ?? ''}.`
  return commit === null
    ? said`No release is called “${ref}”.`
    : said`No release is called “${ref}”, and none is the commit ${commit.slice(0, 12)}.`
}

const inputOf = (source: CiSource, { id, told, received_at }: CiReport, release: Release) => {
  const at = (text: string | null): Date | null => (text === null ? null : new Date(text))
  const isStart = told.state === 'started'
  return {
    release: release.id,
    state: told.state,
    startedAt: at(told.startedAt) ?? (isStart ? received_at : null),
    finishedAt: isStart ? null : (at(told.finishedAt) ?? received_at),
    source: source.key,
    // of several places one may have to wait: then it is told again, and is the same one where it is recorded already
    externalId: told.externalId ?? id,
    ...(told.commit === null ? {} : { commit: told.commit }),
    ...(told.build === null ? {} : { build: told.build }),
    ...(told.url === null || !/^https?:\/\//.test(told.url) ? {} : { url: told.url }),
  }
}
