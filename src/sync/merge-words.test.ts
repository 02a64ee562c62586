import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIENCES, type Audience, isSeenBy } from '../domain/audience.ts'
import { NAMELESS } from '../domain/naming.ts'
import type { HubAttachment, HubComment } from './hub-view.ts'
import { mergeAttachments } from './merge-attachments.ts'
import { commentFingerprint, mergeComments, visibilityFor } from './merge-comments.ts'
import type { Element } from './mirror-base.ts'
import { codecs, NOBODY } from './rich-text/index.ts'
import { ABLE, NO_MAPPING_FOR_TESTS } from './sample-merges.ts'
import type { SnapshotAttachment, SnapshotComment } from './snapshot.ts'

const MAPPING = NO_MAPPING_FOR_TESTS.comments ?? { public: 'staff', internal: 'engineering', sendPublic: [] }
const ref = { id: '1' }
const AT = '2026-03-01T08:00:00Z'
const said = (id: string, audience: Audience, text = `says ${id}`, deleted = false): HubComment => ({
  id,
  audience,
  author: { kind: 'system', id: 'system', name: 'Causeway' },
  body: codecs.plain.read(text),
  at: AT,
  deleted,
})
const shown = (
  id: string,
  visibility: SnapshotComment['visibility'] = 'public',
  text = `says ${id}`,
): SnapshotComment => ({ id, author: null, byUs: false, visibility, text, at: AT, editedAt: null })
const tie = (more: Partial<Element> & Pick<Element, 'elementId' | 'remoteId' | 'origin'>): Element => ({
  kind: 'comment',
  remoteExtra: [],
  baseHub: null,
  baseTool: null,
  visibility: 'public',
  state: 'live',
  ...more,
})
const comments = (
  hub: readonly HubComment[],
  tool: readonly SnapshotComment[] | null,
  elements: readonly Element[],
  capabilities = ABLE,
) =>
  mergeComments({
    ref,
    party: 'engineering',
    mapping: MAPPING,
    capabilities,
    format: 'plain',
    people: NOBODY,
    naming: NAMELESS,
    hub,
    tool,
    elements,
  })
const ops = (plan: ReturnType<typeof comments>) => plan.toTool.map((one) => one.operation.op)

describe('comments', () => {
  it('of ours that are not there yet are written, for whom they are', () => {
    const plan = comments([said('a', 'staff'), said('b', 'engineering'), said('c', 'support')], [], [])
    expect(plan.toTool.map((one) => one.operation)).toMatchObject([
      { op: 'comment.add', visibility: 'public' },
      { op: 'comment.add', visibility: 'internal' },
    ])
  })
  it('of theirs come in with the audience of their visibility; where it is not known they wait', () => {
    const plan = comments([], [shown('1'), shown('2', 'internal'), shown('3', 'unknown')], [])
    expect(plan.toHub).toMatchObject([{ audience: 'staff' }, { audience: 'engineering' }])
    expect(plan.holds).toMatchObject([{ code: 'unknown-visibility' }])
  })
  it('of a listing that failed are neither taken in nor taken for gone', () => {
    const plan = comments([said('a', 'staff')], null, [
      tie({
        elementId: 'a',
        remoteId: '1',
        origin: 'tool',
        baseHub: commentFingerprint(said('a', 'staff'), 'public'),
      }),
    ])
    expect(plan).toEqual({ toHub: [], toTool: [], elements: [], holds: [], conflicts: [] })
  })
  it('born there are never deleted there, though they are for fewer people here', () => {
    const born = tie({
      elementId: 'a',
      remoteId: '1',
      origin: 'tool',
      baseHub: commentFingerprint(said('a', 'staff'), 'public'),
      baseTool: 'says a',
    })
    const plan = comments(
      [said('a', 'engineering', 'says a secret')],
      [shown('1', 'public', 'says a')],
      [born],
    )
    expect(ops(plan)).toEqual([])
    expect(plan.holds).toMatchObject([{ code: 'cannot-withdraw' }])
  })
  it('withdrawn and meant again are made again; not meant, what is back is withdrawn again', () => {
    const gone = tie({ elementId: 'a', remoteId: '1', origin: 'hub', state: 'withdrawn' })
    expect(ops(comments([said('a', 'staff')], [], [gone]))).toEqual(['comment.add'])
    expect(ops(comments([said('a', 'support')], [shown('1')], [gone]))).toEqual(['comment.delete'])
    expect(ops(comments([said('a', 'support')], [], [gone]))).toEqual([])
  })
  it('too wide are withdrawn even when an edit there comes home in the same round', () => {
    const copy = tie({
      elementId: 'a',
      remoteId: '1',
      origin: 'hub',
      baseHub: commentFingerprint(said('a', 'staff'), 'public'),
      baseTool: 'says a',
    })
    const plan = comments([said('a', 'engineering', 'says a')], [shown('1', 'public', 'says b')], [copy])
    expect(plan.toHub).toMatchObject([{ change: 'edit' }])
    expect(ops(plan)).toEqual(['comment.delete'])
  })
  it('that vanished are deleted here if they were born there, and are back when they are', () => {
    const born = tie({ elementId: 'a', remoteId: '1', origin: 'tool', baseTool: 'says a' })
    expect(comments([said('a', 'staff')], [], [born]).toHub).toEqual([{ change: 'delete', elementId: 'a' }])
    expect(
      comments(
        [said('a', 'staff', 'says a', true)],
        [shown('1', 'public', 'says a')],
        [{ ...born, state: 'gone there' }],
      ).toHub,
    ).toEqual([{ change: 'restore', elementId: 'a' }])
  })
  it('where nobody can change them are amended, and what cannot be withdrawn is told', () => {
    const fixed = { ...ABLE, comments: { ...ABLE.comments, edit: false, delete: false } }
    const copy = tie({
      elementId: 'a',
      remoteId: '1',
      origin: 'hub',
      baseHub: commentFingerprint(said('a', 'staff', 'before'), 'public'),
      baseTool: 'before',
    })
    expect(
      comments([said('a', 'staff', 'after')], [shown('1', 'public', 'before')], [copy], fixed).toTool,
    ).toMatchObject([{ operation: { op: 'comment.add' }, element: { amends: true } }])
    expect(
      comments([said('a', 'support', 'before')], [shown('1', 'public', 'before')], [copy], fixed).holds,
    ).toMatchObject([{ code: 'cannot-withdraw' }])
  })

  const audience = fc.constantFrom<Audience>(...AUDIENCES)
  const origin = fc.constantFrom('hub' as const, 'tool' as const)
  const one = fc.record({
    audience,
    before: audience,
    origin,
    deleted: fc.boolean(),
    edited: fc.boolean(),
    there: fc.boolean(),
    state: fc.constantFrom<Element['state']>('live', 'gone there', 'withdrawn'),
    known: fc.boolean(),
  })

  it('whatever happened: no words leave for people who may not see them, and nothing of others is deleted', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), fc.boolean(), fc.boolean(), (all, edit, remove) => {
        const able = { ...ABLE, comments: { ...ABLE.comments, edit, delete: remove } }
        const hub = all.map((each, index) =>
          said(`c${index}`, each.audience, each.edited ? `other ${index}` : `says ${index}`, each.deleted),
        )
        const elements = all.flatMap((each, index) => {
          const visibility = visibilityFor(each.before, MAPPING, able)
          return each.known
            ? [
                tie({
                  elementId: `c${index}`,
                  remoteId: `r${index}`,
                  origin: each.origin,
                  state: each.state,
                  visibility,
                  baseTool: `says ${index}`,
                  baseHub: commentFingerprint(said(`c${index}`, each.before, `says ${index}`), visibility),
                }),
              ]
            : []
        })
        const tool = all.flatMap((each, index) =>
          each.there && each.known
            ? [shown(`r${index}`, visibilityFor(each.before, MAPPING, able) ?? 'internal', `says ${index}`)]
            : [],
        )
        const plan = comments(hub, tool, elements, able)
        for (const planned of plan.toTool) {
          const ours = hub.find((comment) => comment.id === planned.element?.id)
          const element = elements.find((each) => each.elementId === planned.element?.id)
          const { operation } = planned
          if (
            operation.op === 'comment.add' ||
            (operation.op === 'comment.edit' && !planned.element?.withdraws)
          ) {
            expect(ours !== undefined && !ours.deleted && isSeenBy(ours.audience, 'engineering')).toBe(true)
            if (operation.op === 'comment.add' && operation.visibility === 'public')
              expect(MAPPING.sendPublic).toContain(ours?.audience)
          }
          if (operation.op === 'comment.delete' || planned.element?.withdraws)
            expect(element?.origin).toBe('hub')
        }
      }),
    )
  })
})

describe('files', () => {
  const file = (
    id: string,
    audience: Audience,
    state: HubAttachment['state'] = 'stored',
    size = 10,
  ): HubAttachment => ({
    id,
    audience,
    name: 'log.txt',
    mediaType: 'text/plain',
    size,
    sha256: 'f'.repeat(64),
    state,
  })
  const theirs = (
    id: string,
    visibility: SnapshotAttachment['visibility'] = 'public',
  ): SnapshotAttachment => ({
    id,
    name: 'log.txt',
    mediaType: 'text/plain',
    size: 10,
    author: null,
    byUs: false,
    visibility,
    commentId: null,
    at: AT,
  })
  const bound = (more: Partial<Element> & Pick<Element, 'elementId' | 'remoteId' | 'origin'>): Element =>
    tie({ kind: 'attachment', ...more })
  const files = (
    hub: readonly HubAttachment[],
    tool: readonly SnapshotAttachment[] | null,
    elements: readonly Element[],
  ) =>
    mergeAttachments({ ref, party: 'engineering', mapping: MAPPING, capabilities: ABLE, hub, tool, elements })

  it('go where their audience is, once they are whole', () => {
    const plan = files([file('a', 'staff'), file('b', 'support'), file('c', 'staff', 'pending')], [], [])
    expect(plan.toTool.map((one) => one.operation)).toMatchObject([{ op: 'attach', visibility: 'public' }])
  })
  it('too large wait, and say so', () => {
    expect(files([file('a', 'staff', 'stored', 2_000_000)], [], []).holds).toMatchObject([
      { code: 'too-large' },
    ])
  })
  it('are not deleted because a listing failed', () => {
    expect(
      files([file('a', 'staff')], null, [bound({ elementId: 'a', remoteId: '1', origin: 'tool' })]),
    ).toEqual({ toHub: [], toTool: [], elements: [], holds: [] })
  })
  it('narrowed are taken away, made internal, or left where they were born', () => {
    const copy = bound({ elementId: 'a', remoteId: '1', origin: 'hub' })
    expect(files([file('a', 'support')], [theirs('1')], [copy]).toTool).toMatchObject([
      { operation: { op: 'detach' } },
    ])
    expect(files([file('a', 'engineering')], [theirs('1')], [copy]).toTool).toMatchObject([
      { operation: { op: 'detach' } },
    ])
    expect(files([file('a', 'engineering')], [], [{ ...copy, state: 'withdrawn' }]).toTool).toMatchObject([
      { operation: { op: 'attach', visibility: 'internal' } },
    ])
    expect(files([file('a', 'support')], [theirs('1')], [{ ...copy, origin: 'tool' }]).toTool).toEqual([])
  })
  it('that are back there are back here', () => {
    expect(
      files(
        [file('a', 'staff', 'deleted')],
        [theirs('1')],
        [bound({ elementId: 'a', remoteId: '1', origin: 'tool', state: 'gone there' })],
      ).toHub,
    ).toEqual([{ change: 'restore', elementId: 'a' }])
  })
})
