import { expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import { made, shown, update, type Who } from './session-deeds.ts'

interface Accounts {
  readonly ours: () => Session
  readonly as: (who: Who) => Session
  /** Status of the answer. */
  readonly raw: (method: string, path: string, who: Who, json?: unknown) => Promise<number>
  /** Their user id. */
  readonly developer: () => string
}

/** Part of the session cases: edits that came between our read and our write. */
export const overwroteCases = ({ ours, as, raw, developer }: Accounts): void => {
  it('tells what its write replaced of an edit that came between read and write, in the words of snapshots', async () => {
    const before = { component: 'Export', 'cf:Browsers': ['Chrome'], description: 'a' }
    const item = await made(ours(), { fields: before })
    const theirs = {
      title: 'By Dora',
      description: 'hers\n\ntoo',
      priority: 'High',
      type: 'Feature',
      owner: developer(),
      component: 'Login',
      release: '2.1.0',
      due: '2027-03-01',
      'cf:Severity': 'Low',
      'cf:Browsers': ['Firefox', 'Safari'],
    } as const
    await update(as('developer'), item, { ...theirs, description: 'hers\r\n\r\ntoo' })
    const fields = {
      title: 'Ours',
      description: 'ours',
      priority: 'Low',
      type: 'Bug',
      owner: null,
      component: 'Billing',
      release: '2.2.0',
      due: '2027-04-01',
      'cf:Severity': 'Critical',
      'cf:Browsers': ['Chrome', 'Firefox'],
      'cf:TicketKey': 'SUP-1',
    } as const
    const operation = { op: 'update', ref: item.ref, fields, version: item.version } as const
    const receipt = await ours().push(operation, 'k')
    expect(receipt.overwrote).toEqual(theirs)
    expect(await ours().overwritten?.(operation)).toEqual(theirs)
    const again = { ...operation, fields: { title: 'Ours again' }, version: shown(receipt.snapshot).version }
    expect((await ours().push(again, 'k')).overwrote).toEqual({})
  })

  it('tells a status it replaced, also where a private note split the edit in two journals', async () => {
    const item = await made(ours())
    await as('developer').push({ op: 'transition', ref: item.ref, to: 'In Progress', fields: {} }, 'k')
    const issue = { subject: 'By Dora', notes: 'between us', private_notes: true }
    expect(await raw('PUT', `/issues/${item.ref.id}.json`, 'developer', { issue })).toBe(204)
    const move = { op: 'transition', ref: item.ref, to: 'Resolved', since: item.version } as const
    const receipt = await ours().push({ ...move, fields: { title: 'Ours' } }, 'k')
    expect(receipt.overwrote).toEqual({ status: 'In Progress', title: 'By Dora' })
  })
}
