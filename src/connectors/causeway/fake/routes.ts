import type { WireItem } from '../schema.ts'
import { type FakeAnswer, refusal } from './faults.ts'
import { type FakeItem, type FakeWorld, PARTNER, type WireValue } from './world.ts'

/** `/partner/v1` as the other Causeway answers it, through its policy. */

export interface FakeCall {
  readonly method: string
  /** Below `/partner/v1`, without the slash before. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly key: string | null
  readonly mediaType: string
  readonly bytes: Uint8Array
}

interface Sent {
  readonly marker?: string
  readonly container?: string
  readonly fields?: WireItem['fields']
  readonly version?: string
  readonly to?: string
  readonly visibility?: 'public' | 'internal'
  readonly text?: string
  readonly address?: string
  readonly secret?: string
}

const NO_CONTENT: FakeAnswer = { status: 204 }
const MISSING = refusal(404, 'not-found', 'There is no such item, or it is not shared with you.')
const notAllowed = (detail: string, field?: string): FakeAnswer => refusal(403, 'not-allowed', detail, field)

const shown = ({ seq: _seq, ...item }: FakeItem): WireItem => item

export const routesOf = (world: FakeWorld): ((call: FakeCall) => FakeAnswer) => {
  const { policy } = world
  const isShared = ({ container }: FakeItem): boolean => policy.containers.some(({ id }) => id === container)
  const all = (): readonly FakeItem[] => [...world.items.values()].filter(isShared)
  const itemOf = (id: string): FakeItem | undefined => all().find((item) => item.id === id)
  const note = (op: string, id: string): void => void world.ledger.push({ op, id })

  const wrongField = (name: string, value: WireValue): FakeAnswer | null => {
    const at = `/fields/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const known = policy.fields.find(({ field }) => field === name)
    if (known === undefined || !known.writable)
      return notAllowed(`“${name}” is not yours to change here.`, at)
    if (name === 'title' && (value ?? '') === '')
      return refusal(422, 'invalid', 'A title cannot be empty.', at)
    const isUnknown = known.options !== null && value !== null && !known.options.includes(String(value))
    return isUnknown ? refusal(422, 'invalid', `“${String(value)}” is none of the words for it.`, at) : null
  }
  const wrongFields = (fields: WireItem['fields']): FakeAnswer | undefined =>
    Object.entries(fields)
      .map(([name, value]) => wrongField(name, value))
      .find((wrong) => wrong !== null) ?? undefined

  const list = ({ query }: FakeCall): FakeAnswer => {
    const marker = query.get('marker')
    if (marker !== null) {
      const items = all().filter((item) => item.marker === marker)
      return { status: 200, json: { items: items.map(shown), next: null } }
    }
    const [after, limit] = [query.get('after'), Number(query.get('limit') ?? 100)]
    const items = all()
    const from = after === null ? 0 : items.findIndex(({ id }) => id === after) + 1
    if (after !== null && from === 0)
      return refusal(422, 'invalid', 'This cursor is not one of ours.', '/after')
    const page = items.slice(from, from + limit)
    const isCut = from + limit < items.length
    return { status: 200, json: { items: page.map(shown), next: isCut ? page.at(-1)?.id : null } }
  }

  const changes = ({ query }: FakeCall): FakeAnswer => {
    const [after, limit] = [query.get('after'), Number(query.get('limit') ?? 100)]
    if (after === null)
      return { status: 200, json: { items: [], gone: [], cursor: String(world.seq()), more: false } }
    if (!/^\d{1,15}$/.test(after)) return refusal(422, 'invalid', 'This cursor is not one of ours.', '/after')
    const touched = [...world.items.values()]
      .filter(({ seq }) => seq > Number(after))
      .sort((a, b) => a.seq - b.seq)
    const page = touched.slice(0, limit)
    return {
      status: 200,
      json: {
        items: page.filter(isShared).map(shown),
        gone: page.filter((item) => !isShared(item)).map(({ id }) => id),
        cursor: String(page.at(-1)?.seq ?? after),
        more: touched.length > limit,
      },
    }
  }

  const create = ({ marker = '', container = '', fields = {} }: Sent): FakeAnswer => {
    if (!policy.create) return notAllowed('Making new items here is not shared with you.')
    const known = all().find((item) => item.marker === marker)
    if (known !== undefined) return { status: 201, json: shown(known) }
    if (!policy.containers.some(({ id }) => id === container))
      return notAllowed(`Nothing of “${container}” is shared with you.`, '/container')
    const wrong = wrongFields({ title: '', ...fields })
    if (wrong !== undefined) return wrong
    const item = world.make(container, fields, marker)
    note('create', item.id)
    return { status: 201, json: shown(item) }
  }

  const update = (item: FakeItem, { fields = {}, version }: Sent): FakeAnswer => {
    if (version !== undefined && version !== item.version)
      return refusal(412, 'changed-meanwhile', `It is at version ${item.version}.`)
    const wrong = wrongFields(fields)
    if (wrong !== undefined) return wrong
    Object.assign(item.fields, fields)
    world.touch(item)
    note('update', item.id)
    return { status: 200, json: shown(item) }
  }

  const setStatus = (item: FakeItem, { to }: Sent): FakeAnswer => {
    if (!policy.statusWritable) return notAllowed('The status is ours to set; you may read it.', '/to')
    const found = policy.statuses.find(({ word }) => word === to)
    if (found === undefined) return refusal(422, 'invalid', `“${to}” is no status here.`, '/to')
    item.status = found.word
    item.statusCategory = found.category
    world.touch(item)
    note('status', item.id)
    return { status: 200, json: shown(item) }
  }

  /** For one key once. */
  const once = (key: string | null, op: string, make: () => string): FakeAnswer => {
    const known = key === null ? undefined : world.done.get(key)
    if (known !== undefined) return { status: 201, json: { id: known } }
    const id = make()
    if (key !== null) world.done.set(key, id)
    note(op, id)
    return { status: 201, json: { id } }
  }

  const say = (item: FakeItem, key: string | null, { visibility = 'public', text = '' }: Sent): FakeAnswer =>
    policy.comments[visibility]
      ? once(key, 'comment', () => world.comment(item, PARTNER, visibility, text))
      : notAllowed(`Writing ${visibility} words here is not shared with you.`, '/visibility')

  const attach = (item: FakeItem, { key, query, mediaType, bytes }: FakeCall): FakeAnswer => {
    if (!policy.files) return notAllowed('Files are not shared with you.')
    if (bytes.length > policy.maxFileBytes) return refusal(413, 'too-large', 'The file is too large.')
    const visibility = query.get('visibility') === 'internal' ? 'internal' : 'public'
    const file = { name: query.get('name') ?? '', mediaType, visibility } as const
    return once(key, 'attach', () => world.attach(item, PARTNER, file, bytes))
  }

  const onItem = (call: FakeCall, item: FakeItem, what: string, sent: Sent): FakeAnswer => {
    switch (`${call.method} ${what}`) {
      case 'GET ':
        return { status: 200, json: shown(item) }
      case 'PATCH ':
        return update(item, sent)
      case 'POST status':
        return setStatus(item, sent)
      case 'POST comments':
        return say(item, call.key, sent)
      case 'POST attachments':
        return attach(item, call)
      default:
        return MISSING
    }
  }

  const onComment = (method: string, id: string, { text = '' }: Sent): FakeAnswer => {
    const item = all().find(({ comments }) => comments.some((one) => one.id === id && one.byYou))
    const comment = item?.comments.find((one) => one.id === id)
    if (item === undefined || comment === undefined) return MISSING
    if (method === 'DELETE') item.comments = item.comments.filter((one) => one !== comment)
    else Object.assign(comment, { text, editedAt: world.now().toISOString() })
    world.touch(item)
    note(`comment.${method}`, id)
    return NO_CONTENT
  }

  const onFile = (method: string, id: string): FakeAnswer => {
    const item = all().find(({ attachments }) => attachments.some((one) => one.id === id))
    const file = item?.attachments.find((one) => one.id === id)
    const bytes = world.files.get(id)
    if (item === undefined || file === undefined || bytes === undefined) return MISSING
    if (method === 'GET') return { status: 200, bytes, headers: { 'content-type': file.mediaType } }
    if (!file.byYou) return MISSING
    item.attachments = item.attachments.filter((one) => one !== file)
    world.touch(item)
    note('detach', id)
    return NO_CONTENT
  }

  const onHook = ({ method, query }: FakeCall, { address = '', secret = '' }: Sent): FakeAnswer => {
    if (method === 'DELETE') {
      if (query.get('address') === world.hook?.address) world.hook = null
      return NO_CONTENT
    }
    if (secret.length < 16) return refusal(422, 'invalid', 'In the body, /secret is too short.', '/secret')
    const isSame = world.hook?.address === address && world.hook.secret === secret
    world.hook = { address, secret }
    return { status: 200, json: { did: isSame ? 'nothing' : 'registered' } }
  }

  return (call) => {
    const [place = '', id = '', what = ''] = call.path
    const sent: Sent =
      call.bytes.length === 0 || what === 'attachments'
        ? {}
        : JSON.parse(Buffer.from(call.bytes).toString('utf8'))
    if (world.ended) return refusal(410, 'sharing-ended', 'The sharing ended on 2026-01-05.')
    switch (place) {
      case 'about':
        if (call.method === 'DELETE') world.ended = true
        return call.method === 'DELETE' ? NO_CONTENT : { status: 200, json: policy }
      case 'items': {
        if (id === '') return call.method === 'POST' ? create(sent) : list(call)
        const item = itemOf(id)
        return item === undefined ? MISSING : onItem(call, item, what, sent)
      }
      case 'changes':
        return changes(call)
      case 'comments':
        return onComment(call.method, id, sent)
      case 'attachments':
        return onFile(call.method, id)
      case 'hook':
        return onHook(call, sent)
      default:
        return refusal(404, 'not-found', 'There is nothing at this address.')
    }
  }
}
