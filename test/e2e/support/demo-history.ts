import { createHash } from 'node:crypto'
import { patiently } from './patiently.ts'
import type { Api } from './program.ts'

const FROM = { product: 'beacon', repository: 'https://git.demo.example/beacon.git' }
const idOf = (words: string): string => createHash('sha1').update(words).digest('hex')
const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

interface Items<T> {
  readonly items: readonly T[]
}

/** Two releases as git tells them, the later with fixes, and customers who run one of each: two messages wait. */
export const tellHistory = async (api: Api, last: string): Promise<void> => {
  const fixes = await api.get<Items<{ key: string; title: string }>>(`/work-items?release=${last}`)
  const fixing = fixes.items.map(({ key, title }) => ({ id: idOf(key), message: `${key}: ${title}` }))
  const first = { id: idOf('3.1'), message: 'Bring the page of sites back' }
  const commits = [first, ...fixing].map((commit, at) => ({
    ...{ ...commit, at: ago(20 - at), author: 'Eve Engineer' },
  }))
  const { kept } = await api.post<{ kept: readonly string[] }>('/trace/commits', { ...FROM, commits })
  const told = async (name: string, basis: string | null, own: readonly { readonly id: string }[]) =>
    api.post<{ readonly release: { readonly id: string } }>('/trace/releases', {
      ...{ ...FROM, name, basis, commit: own.at(-1)?.id, at: ago(2), counted: own.length },
      commits: own.map(({ id }) => id).filter((id) => kept.includes(id)),
    })
  const { release } = await told('3.1', null, [first])
  await told('3.1.1', first.id, fixing)
  for (const [customer, version] of [
    ['fabrikam', '3.1'],
    ['tailspin', '3.1.1'],
  ])
    await api.post('/installations', { customer, product: 'beacon', environment: 'production', version })
  for (const id of [release.id, last]) await api.post(`/releases/${id}/release`)
  await patiently('messages about the release', async () => {
    const { items } = await api.get<Items<unknown>>('/outreach')
    return items.length === 2
  })
}
