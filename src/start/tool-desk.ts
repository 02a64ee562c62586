import { readFile } from 'node:fs/promises'
import type { DraftCheck, DraftChecked, PreviewedItem, ToolDesk } from '../commands/tool-desk.ts'
import { findConnector } from '../connectors/registry.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { mirrorsShownBy, type ShownMirror } from '../store/configuration.ts'
import { findConnection } from '../store/connections.ts'
import type { Database } from '../store/database.ts'
import { loadFacts } from '../store/hub-facts.ts'
import type { Connector, Session } from '../sync/connector.ts'
import { isFault } from '../sync/fault.ts'
import type { Mapping } from '../sync/mapping.ts'
import { completeBase } from '../sync/mirror-base.ts'
import { peopleOf } from '../sync/people.ts'
import { emptyView, FIRST_MEETING, preview } from '../sync/preview.ts'
import { project } from '../sync/projection.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import {
  type OpenConnection,
  type OpenOptions,
  openConnection,
  openSession,
  readSettings,
} from '../worker/open-connection.ts'

/** What the screen of connections asks of tools themselves: nothing here writes, neither there nor here. */
type Options = Pick<OpenOptions, 'masterKey' | 'clock' | 'allowPrivate'>

const PREVIEWED = 5
/** Of a connection that is made new: as many ids as a page of items that are mirrored already may have. */
const LOOKED_AT = 25

export const openToolDesk = (db: Database, options: Options): ToolDesk => ({
  guide: async (kind) => {
    if (findConnector(kind) === undefined) return null
    // the demo desk and the demo tracker are one connector in two kinds
    const folder = kind.startsWith('demo-') ? 'demo' : kind
    try {
      return await readFile(new URL(`../connectors/${folder}/README.md`, import.meta.url), 'utf8')
    } catch {
      return null
    }
  },
  checkDraft: (draft) => checkDraft(db, draft, options),
  describe: (key) => withOpen(db, key, options, (opened) => opened.session.describe()),
  preview: (key, mapping) =>
    withOpen(db, key, options, (opened) => previewItems(db, opened, mapping, options.clock.now())),
})

const toolFault = (thrown: unknown): Refusal => {
  if (!isFault(thrown)) throw thrown
  return refuse('wrong-state', `The tool could not be read: ${thrown.detail}`)
}

const withOpen = async <T>(
  db: Database,
  key: string,
  options: Options,
  ask: (opened: OpenConnection) => Promise<T>,
): Promise<Result<T, Refusal>> => {
  const row = await findConnection(db, key)
  if (row === null) return err(refuse('not-found', 'There is no such connection.', { field: '/key' }))
  try {
    const opened = await openConnection(db, row, { ...options, connections: 1 })
    try {
      return ok(await ask(opened))
    } finally {
      await opened.close()
    }
  } catch (thrown) {
    return err(toolFault(thrown))
  }
}

/** A connection that is not saved: its settings, and for secrets that were not given again those of the saved one. */
const checkDraft = async (
  db: Database,
  draft: DraftCheck,
  options: Options,
): Promise<DraftChecked | null> => {
  const connector = findConnector(draft.kind) as Connector<unknown> | undefined
  if (connector === undefined) return null
  try {
    const settings = {
      ...(await storedSecrets(db, connector, draft, options)),
      ...draft.settings,
      ...draft.secrets,
    }
    const opened = openSession(connector, settings, { ...options, connections: 1 })
    try {
      const { tool, account, problems } = await opened.session.check()
      return { ok: problems.length === 0, tool, account: account && { name: account.name }, problems }
    } finally {
      await opened.close()
    }
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown
    return { ok: false, tool: null, account: null, problems: [thrown.detail] }
  }
}

/** Sealed for the host they were given for: with another address they do not open, and the check says what is missing. */
const storedSecrets = async (
  db: Database,
  connector: Connector<unknown>,
  draft: DraftCheck,
  options: Options,
): Promise<Readonly<Record<string, unknown>>> => {
  const row = draft.connection === null ? null : await findConnection(db, draft.connection)
  if (row === null || row.kind !== draft.kind) return {}
  return readSettings(
    db,
    { ...row, settings: { ...row.settings, ...draft.settings } },
    connector,
    options.masterKey,
  )
}

/** Items we know already first, since for those both sides can be shown; then others of the containers that are named. */
const previewItems = async (
  db: Database,
  opened: OpenConnection,
  mapping: Mapping,
  now: Date,
): Promise<readonly PreviewedItem[]> => {
  const { session, row, capabilities } = opened
  const mirrors = (
    await db.transaction().execute((tx) => mirrorsShownBy(tx, row.id, null, LOOKED_AT))
  ).filter((mirror) => mirror.record_kind === mapping.record)
  const shown = await fetchMirrored(session, mirrors.slice(0, PREVIEWED))
  const known = new Set(shown.map(({ snapshot }) => snapshot.ref.id))
  if (shown.length < PREVIEWED) {
    const { snapshots } = await session.pull(null, 'all')
    const others = snapshots.filter(
      (one) =>
        one.kind === 'item' &&
        !known.has(one.ref.id) &&
        (mapping.containers.length === 0 || mapping.containers.includes(one.container)),
    )
    shown.push(...others.slice(0, PREVIEWED - shown.length).map((snapshot) => ({ mirror: null, snapshot })))
  }
  const facts = await loadFacts(
    db,
    shown.flatMap(({ mirror }) =>
      mirror === null ? [] : [{ kind: mirror.record_kind, id: mirror.record_id }],
    ),
    '',
  )
  return shown.map(({ mirror, snapshot }) => {
    const record = mirror === null ? undefined : facts.get(mirror.record_id)
    const hub =
      record === undefined
        ? emptyView(mapping.record)
        : project(record, { comments: [], attachments: [] }, () => record.id)
    const base = mirror === null ? null : completeBase(mirror.base)
    return {
      there: { key: snapshot.key, url: snapshot.url, container: snapshot.container },
      record: record === undefined ? null : { kind: record.kind, key: hub.key },
      lines: preview({
        mapping,
        capabilities,
        people: peopleOf(snapshot.people, mapping.people),
        party: mapping.record === 'ticket' ? 'support' : 'engineering',
        transitions: null,
        ...(base === null || record === undefined ? FIRST_MEETING : { base, first: base.first ?? 'ask' }),
        hub,
        tool: snapshot,
        now: now.toISOString(),
      }),
    }
  })
}

const fetchMirrored = async (
  session: Session,
  mirrors: readonly ShownMirror[],
): Promise<{ mirror: ShownMirror | null; snapshot: Snapshot }[]> => {
  const found: { mirror: ShownMirror | null; snapshot: Snapshot }[] = []
  // one after the other: a screen is no reason to press a tool
  for (const mirror of mirrors) {
    const snapshot = await session.fetch(mirror.snapshot.ref)
    if (snapshot !== 'gone') found.push({ mirror, snapshot })
  }
  return found
}
