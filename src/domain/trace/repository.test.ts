import { expect, it } from 'vitest'
import { pathOfRepository, withRepository } from './repository.ts'

it.each([
  ['https://github.com/acme/shop.git', 'acme/shop'],
  ['git@gitlab.example:acme/web/shop.git', 'acme/web/shop'],
  ['ssh://git@host:22/acme/shop', 'acme/shop'],
  ['acme/shop', 'acme/shop'],
  ['shop', null],
  ['', null],
])('a repository called %j is found under %j', (name, path) => expect(pathOfRepository(name)).toBe(path))

it('a bare number is looked for as an issue of the repository too, since messages there leave its name out', () => {
  expect(withRepository(['#12', 'SHOP-7', 'other/x#1'], 'https://host/acme/shop.git')).toEqual([
    '#12',
    'acme/shop#12',
    'SHOP-7',
    'other/x#1',
  ])
  expect(withRepository(['#12'], 'shop')).toEqual(['#12'])
})
