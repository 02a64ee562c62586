import { afterEach, describe, expect, it } from 'vitest'
import { type Checkout, makeCheckout } from '../../test/support/git-checkout.ts'
import {
  type Mark,
  needWholeHistory,
  readHead,
  readTags,
  repositoryName,
  withoutCredentials,
} from './read-checkout.ts'
import { readRanges } from './read-ranges.ts'
import { gitIn } from './run-git.ts'

const open: Checkout[] = []
afterEach(() => {
  for (const checkout of open.splice(0)) checkout.remove()
})

const make = () => {
  const checkout = makeCheckout()
  open.push(checkout)
  return { ...checkout, reader: gitIn(checkout.folder, checkout.env) }
}
type Made = ReturnType<typeof make>

const tagsOf = (made: Made, glob = '*', except: string | null = null, prefix: string | null = null) =>
  readTags(made.reader, { glob, except, prefix })

/** Names of the releases with their bases' and how many commits they have. */
const told = async (made: Made, known: readonly string[] = [], path: string | null = null) => {
  const tags = await tagsOf(made)
  const { known: old = [], fresh = [] } = Object.groupBy(tags, ({ name }) =>
    known.includes(name) ? 'known' : 'fresh',
  )
  const { releases } = await readRanges(made.reader, { fresh, known: old, heads: [], path }, () => undefined)
  return releases.map(({ mark, basis, commits }) => {
    const on = tags.find(({ commit, name }) => commit === basis && name !== mark.name)
    return [mark.name, on?.name ?? null, commits.length]
  })
}

/** 1.0, then 2.0 on main with a merge, and 1.1 and 1.2 with picks on a line of their own. */
const story = (): Made => {
  const made = make()
  made.commit('SHOP-1')
  made.git('tag', 'v1.0')
  made.commit('SHOP-2')
  made.git('switch', '--quiet', '--create', 'topic')
  made.commit('SHOP-3')
  made.commit('SHOP-3 more')
  made.git('switch', '--quiet', 'main')
  const fix = made.commit('SHOP-4')
  made.git('merge', '--quiet', '--no-ff', '--no-edit', 'topic')
  made.git('tag', '--annotate', '--message', 'Two', 'v2.0')
  made.git('switch', '--quiet', '--create', 'line', 'v1.0')
  made.git('cherry-pick', '-x', fix)
  made.git('tag', 'v1.1')
  made.commit('SHOP-5')
  made.git('tag', 'v1.2')
  made.git('switch', '--quiet', 'main')
  made.git('merge', '--quiet', '--no-ff', '--no-edit', 'line')
  made.commit('SHOP-6')
  made.git('tag', 'v2.1')
  return made
}

describe('the ranges of releases', () => {
  it('are each line’s own, and a release after a merge has what the merge brought', async () => {
    const made = story()
    expect(await told(made)).toEqual([
      ['1.0', null, 1],
      ['2.0', '1.0', 5],
      ['1.1', '1.0', 1],
      ['1.2', '1.1', 1],
      // the merge, SHOP-6, and the two of the older line
      ['2.1', '2.0', 4],
    ])
  })

  it('are the same one by one as all at once, so that it does not matter when a pipeline began', async () => {
    const made = story()
    const all = await told(made)
    const names = all.map(([name]) => String(name))
    for (let known = 1; known < names.length; known++)
      expect(await told(made, names.slice(0, known))).toEqual(all.slice(known))
  })

  it('are right where an old commit is tagged lately', async () => {
    const made = story()
    expect(await told(made, ['2.0', '1.2', '2.1'])).toEqual([
      ['1.0', null, 1],
      ['1.1', '1.0', 1],
    ])
  })

  it('let the second name of a commit stand on the first, because nothing lies between them', async () => {
    const made = make()
    made.commit('SHOP-1')
    made.git('tag', 'v1.0-rc1')
    made.git('tag', '--annotate', '--message', 'One', 'v1.0')
    const twice = [
      ['1.0-rc1', null, 1],
      ['1.0', '1.0-rc1', 0],
    ]
    expect(await told(made)).toEqual(twice)
    expect(await told(made, ['1.0-rc1'])).toEqual(twice.slice(1))
  })

  it('are read whole where many tags are new, and come out the same', async () => {
    const made = make()
    const commit = (n: number) =>
      `commit refs/heads/main\ncommitter Dora <dora@eng.example> ${1_700_000_000 + n} +0000\ndata 6\nSHOP-1\n`
    const tag = (n: number) => `reset refs/tags/r${String(n).padStart(2, '0')}\nfrom refs/heads/main\n\n`
    made.import(Array.from({ length: 40 }, (_, n) => commit(n) + tag(n)).join(''))
    const all = await told(made)
    expect(all.slice(-2)).toEqual([
      ['r38', 'r37', 1],
      ['r39', 'r38', 1],
    ])
    expect(await told(made, ['r00', 'r01'])).toEqual(all.slice(2))
  })

  it('count for a folder what touches it, and a merge that brings such a commit', async () => {
    const made = make()
    made.commit('start', 'readme')
    made.git('tag', 'v1')
    made.git('switch', '--quiet', '--create', 'topic')
    made.git('commit', '--quiet', '--allow-empty', '-m', 'nothing')
    made.commit('SHOP-1', 'api/a')
    made.git('switch', '--quiet', 'main')
    made.commit('elsewhere', 'readme')
    made.git('merge', '--quiet', '--no-ff', '--no-edit', '-m', 'Merge SHOP-1', 'topic')
    made.git('tag', 'v2')
    expect(await told(made, [], 'api')).toEqual([
      ['1', null, 0],
      ['2', '1', 2],
    ])
    expect(await told(made, ['1'], 'api')).toEqual([['2', '1', 2]])
    // a path is a path, whatever it looks like
    expect(await told(made, [], ':(exclude)api')).toEqual([
      ['1', null, 0],
      ['2', '1', 0],
    ])
  })
})

describe('the checkout', () => {
  const names = (marks: readonly Mark[]) => marks.map(({ name }) => name)

  it('has releases where tags fit, annotated or light, and none where a tag is of a file', async () => {
    const made = make()
    const id = made.commit('SHOP-1')
    made.git('tag', 'v1.0')
    made.git('tag', '--annotate', '--message', 'x', 'v1.1')
    made.git('tag', '--annotate', '--message', 'x', 'v1.2', 'v1.1')
    made.git('tag', 'v9-file', `${id}:file-1`)
    made.git('tag', 'version-4')
    const tags = await tagsOf(made)
    expect(names(tags)).toEqual(['1.0', '1.1', '1.2', 'version-4'])
    expect(tags.every(({ commit }) => commit === id)).toBe(true)
    expect(names(await tagsOf(made, 'v*', 'v1.1'))).toEqual(['1.0', '1.2', 'version-4'])
  })

  it('takes names of tags as names, though they look like options, lies or other writings', async () => {
    const made = make()
    made.commit('SHOP-1')
    for (const tag of [
      '-rf',
      '--output=x',
      'api/v1.0',
      'größe-٣',
      '\u202ekcab',
      '$(id)',
      'a;b',
      '%(refname)',
    ])
      made.git('update-ref', `refs/tags/${tag}`, 'HEAD')
    expect(names(await tagsOf(made))).toHaveLength(8)
    expect(names(await tagsOf(made, '-*'))).toEqual(['--output=x', '-rf'])
    expect(names(await tagsOf(made, 'api/*', null, 'api/v'))).toEqual(['1.0'])
    await expect(readHead(made.reader, '--all', 'next')).rejects.toThrow('--all is no commit here.')
  })

  it('is refused while it is shallow, and where there is none', async () => {
    const made = story()
    const shallow = make()
    shallow.git('fetch', '--quiet', '--depth=1', `file://${made.folder}`, 'main')
    await expect(needWholeHistory(shallow.reader)).rejects.toThrow('shallow')
    await expect(needWholeHistory(made.reader)).resolves.toBeUndefined()
    await expect(needWholeHistory(gitIn('/', made.env))).rejects.toThrow('There is no git checkout here')
    await expect(needWholeHistory(gitIn(made.folder, { PATH: '/nowhere' }))).rejects.toThrow(
      'There is no git',
    )
  })

  it('is called by its address without who signs in there, or by its folder', async () => {
    const made = make()
    expect(await repositoryName(made.reader, null)).toMatch(/^causeway-git-/)
    made.git('remote', 'add', 'origin', 'https://ci:s3cret@git.example/acme/shop.git')
    expect(await repositoryName(made.reader, null)).toBe('https://git.example/acme/shop.git')
    expect(await repositoryName(made.reader, 'https://ci:t@git.example/b')).toBe('https://git.example/b')
  })

  it.each([
    ['https://token@git.example/a', 'https://git.example/a'],
    ['https://a:b@c@git.example/a?private_token=x#y', 'https://git.example/a'],
    ['ssh://git@git.example:22/a.git', 'ssh://git.example:22/a.git'],
    ['git@git.example:acme/shop.git', 'git@git.example:acme/shop.git'],
    ['ci:s3cret@git.example:acme/shop.git', 'git.example:acme/shop.git'],
    ['/srv/git/a@b.git', '/srv/git/a@b.git'],
    ['../shop', '../shop'],
  ])('%s is told as %s', (address, plain) => {
    expect(withoutCredentials(address)).toBe(plain)
  })
})
