import { expect, expectTypeOf, it } from 'vitest'
import type { Internal, Public, Publishable } from './public.ts'
import { publish } from './publish.ts'

it('lets nothing internal be published, however deep it lies, because what is sent takes only what was published', () => {
  expectTypeOf<Publishable<Internal<string>>>().toBeNever()
  expectTypeOf<Publishable<{ note: { body: Internal<string> } }>['note']['body']>().toBeNever()
  expectTypeOf<Publishable<readonly Internal<string>[]>>().toEqualTypeOf<readonly never[]>()
  // what nobody published does not fit where customers are answered
  expectTypeOf<string>().not.toExtend<Public<string>>()
  expectTypeOf<Internal<string>>().not.toExtend<Public<string>>()
  expectTypeOf(publish({ title: 'It stops', at: new Date(0) })).toExtend<
    Public<{ title: string; at: Date }>
  >()
})

it('changes nothing about the value itself', () => {
  const value = { title: 'It stops' }
  expect(publish(value)).toBe(value)
})
