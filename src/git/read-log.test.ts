import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Checkout, makeCheckout } from '../../test/support/git-checkout.ts'
import { type LoggedCommit, readLog, undoneBy } from './read-log.ts'
import { type Git, gitIn } from './run-git.ts'
import { splitPieces } from './split-pieces.ts'

/** What git tells of commits, read from a repository that git made: mocks of it would only repeat what we believe. */
let checkout: Checkout
let git: Git
beforeAll(() => {
  checkout = makeCheckout()
  git = gitIn(checkout.folder, checkout.env)
})
afterAll(() => checkout.remove())

const read = async (...ids: readonly string[]): Promise<readonly LoggedCommit[]> => {
  const found: LoggedCommit[] = []
  for await (const commits of readLog(git, ids)) found.push(...commits)
  return found
}

const messageOf = async (message: string): Promise<string> =>
  (await read(checkout.commit(message)))[0]?.message ?? ''

describe('the log', () => {
  it('tells who wrote what when, in the order that was asked for', async () => {
    const [first, second] = [checkout.commit('SHOP-1: first'), checkout.commit('SHOP-2: second\n\nWhy.')]
    const [a, b] = await read(second, first)
    expect(a).toMatchObject({ id: second, author: 'Dora', message: 'SHOP-2: second\n\nWhy.' })
    expect(b).toMatchObject({ id: first, message: 'SHOP-1: first' })
    expect(b?.at).toMatch(/^2026-0\d-\d\dT00:00:00\.000Z$/)
    expect(await read()).toEqual([])
  })

  it.each([
    ['what looks like a record of its own', 'x\n\ncommit 0000\n%x00%H\nAuthor: nobody'],
    ['words that are written the other way', 'SHOP-3: \u202eevil\u202c ש\u05c1לום'],
    ['escape codes, which only a screen must not get', '\u001b[31mred\u0007'],
    ['line ends of another system', 'one\r\n\r\ntwo'],
    ['nothing', ''],
  ])('takes %s as it is', async (_, message) => {
    checkout.git(
      'commit',
      '--quiet',
      '--allow-empty',
      '--allow-empty-message',
      '--cleanup=verbatim',
      '-m',
      message,
    )
    expect((await read(checkout.git('rev-parse', 'HEAD')))[0]?.message).toBe(message)
  })

  it('cuts a message of a megabyte, and parts no character by it', async () => {
    expect(await messageOf('a'.repeat(1_000_000))).toBe('a'.repeat(16_000))
    expect(await messageOf('€'.repeat(400_000))).toBe('€'.repeat(16_000))
    const cut = await messageOf(`a${'😀'.repeat(20_000)}`)
    expect(cut.isWellFormed()).toBe(true)
    expect(cut).toHaveLength(16_000)
    // the next one is whole again
    expect(await messageOf('SHOP-4')).toBe('SHOP-4')
  })

  it('has what git writes itself about copies and squashes, since keys may stand nowhere else', async () => {
    const base = checkout.commit('base of the topic')
    checkout.git('switch', '--quiet', '--create', 'squashed')
    const copied = checkout.commit('SHOP-8: on the topic')
    checkout.git('switch', '--quiet', '--create', 'elsewhere', base)
    checkout.git('cherry-pick', '-x', copied)
    const pick = checkout.git('rev-parse', 'HEAD')
    checkout.git('switch', '--quiet', 'main')
    checkout.git('merge', '--quiet', '--squash', 'squashed')
    checkout.git('commit', '--quiet', '--no-edit')
    const [first, second] = await read(pick, checkout.git('rev-parse', 'HEAD'))
    expect(first?.message).toContain(`(cherry picked from commit ${copied})`)
    expect(second?.message).toContain('SHOP-8: on the topic')
  })

  it('reads bytes that are no text, and a text in an older writing', async () => {
    checkout.git('-c', 'i18n.commitEncoding=ISO-8859-1', 'commit', '--quiet', '--allow-empty', '-m', 'Grüße')
    expect((await read(checkout.git('rev-parse', 'HEAD')))[0]?.message.isWellFormed()).toBe(true)
  })

  it('is not changed by how the checkout is set up, and starts no program that it names', async () => {
    const id = checkout.commit('SHOP-5: set up')
    for (const [name, value] of [
      ['log.showSignature', 'true'],
      ['gpg.program', '/bin/false'],
      ['color.ui', 'always'],
      ['column.ui', 'always'],
      ['core.pager', 'false'],
      ['log.follow', 'true'],
      ['diff.external', 'false'],
    ] as const)
      checkout.git('config', name, value)
    expect((await read(id))[0]).toMatchObject({ id, message: 'SHOP-5: set up' })
  })
})

describe('what a revert takes back', () => {
  const unknown = () => null

  it('is all that the merge brought, because its message names the merge alone', async () => {
    checkout.commit('base', 'shared')
    checkout.git('switch', '--quiet', '--create', 'topic')
    const brought = [checkout.commit('SHOP-6: a'), checkout.commit('SHOP-6: b')]
    checkout.git('switch', '--quiet', 'main')
    checkout.commit('meanwhile')
    checkout.git('merge', '--quiet', '--no-ff', '--no-edit', 'topic')
    const merge = checkout.git('rev-parse', 'HEAD')
    checkout.git('revert', '--no-edit', '-m', '1', 'HEAD')
    const [revert] = await read(checkout.git('rev-parse', 'HEAD'))
    const undone = await undoneBy(git, revert?.message ?? '', unknown)
    expect([...undone].sort()).toEqual([...brought].sort())
    expect(undone).not.toContain(merge)
    // named by its beginning, as people do
    expect(await undoneBy(git, `This reverts commit ${merge.slice(0, 10)}.`, unknown)).toHaveLength(2)
  })

  it('is the commit itself and nothing more where it is no merge: the server reads that in the message', async () => {
    checkout.commit('SHOP-7: wrong')
    checkout.git('revert', '--no-edit', 'HEAD')
    const [revert] = await read(checkout.git('rev-parse', 'HEAD'))
    expect(revert?.message).toContain('This reverts commit')
    expect(await undoneBy(git, revert?.message ?? '', unknown)).toEqual([])
  })

  it('is nothing where the commit is unknown or the first of all, or where somebody plays with words', async () => {
    const root = checkout.git('rev-list', '--max-parents=0', 'HEAD')
    for (const id of [root, 'f'.repeat(40), 'deadbeef', '--all', '$(id)'])
      expect(await undoneBy(git, `This reverts commit ${id}.`, unknown)).toEqual([])
  })
})

describe('pieces', () => {
  it('are the same wherever the chunks end, even in the middle of a character', () => {
    const bytes = Buffer.from('ä\0\0€uro\0last')
    for (let size = 1; size <= bytes.length; size++) {
      const pieces = splitPieces('\0', 1_000)
      const found: string[] = []
      for (let from = 0; from < bytes.length; from += size)
        found.push(...pieces.of(bytes.subarray(from, from + size)))
      expect([...found, ...pieces.rest()]).toEqual(['ä', '', '€uro', 'last'])
    }
  })
})
