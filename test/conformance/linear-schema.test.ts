import { parse } from 'graphql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documents } from '../../src/connectors/linear/documents.ts'
import { startLinearFake } from '../../src/connectors/linear/fake.ts'
import { linear } from '../../src/connectors/linear/index.ts'
import { openTool } from '../../src/connectors/open-tool.ts'
import { checkedHttp, vendorTally } from './vendor/checked-http.ts'
import { graphqlSchema } from './vendor/graphql.ts'
import { vendorSpec } from './vendor/specs.ts'

/** What the suite does not come by: webhooks, releases, customers. Held against Linear's own schema all the same. */
const sdl = vendorSpec('linear/schema.graphql')
const ADDRESS = 'https://causeway.example.com/hooks/linear'

describe('every question to Linear', () => {
  it.each(Object.entries(documents))('is one document with one operation: %s', (_, query) => {
    expect(parse(query).definitions.filter(({ kind }) => kind === 'OperationDefinition')).toHaveLength(1)
  })
})

// without the schema there is nothing to hold them against, and `vendorSpec` has said so
if (typeof sdl === 'string')
  describe('every question to Linear, by its schema', () => {
    const schema = graphqlSchema(sdl, { path: '/graphql' })
    const now = (): Date => new Date('2026-01-05T09:00:00.000Z')
    let close: readonly (() => Promise<void>)[] = []
    let tally = vendorTally()

    const connect = async () => {
      const fake = await startLinearFake({ now })
      const plain = openTool(linear, fake.settings, { now, allowPrivate: fake.addresses })
      close = [fake.close, plain.close]
      const http = checkedHttp(plain, { schema, accepts: [] }, tally)
      return { fake, session: linear.connect(fake.settings, http, now) }
    }
    beforeEach(() => {
      tally = vendorTally()
    })
    afterEach(async () => {
      for (const each of close) await each()
    })

    it.each(Object.entries(documents))('is a document of the schema: %s', (_, query) => {
      const exchange = {
        method: 'POST',
        path: '/graphql',
        query: {},
        body: { query },
        status: 500,
        answer: undefined,
      }
      // without variables nothing but their absence is wrong
      expect(
        schema.check(exchange).filter((problem) => !/^POST \S+ \w+: Variable "\$\w+"/.test(problem)),
      ).toEqual([])
    })

    it('about webhooks fits, as does its answer', async () => {
      const { fake, session } = await connect()
      await session.keepHook?.(ADDRESS)
      fake.hands.giveUpWebhooks()
      await session.keepHook?.(ADDRESS)
      await session.dropHook?.(ADDRESS)
      expect([...tally.problems]).toEqual([])
      expect(tally.requests).toBeGreaterThan(5)
    })

    it('about releases and customers fits, as does its answer', async () => {
      const { fake, session } = await connect()
      const { snapshots } = await session.pull((await session.pull(null, 'all')).cursor, 'all')
      const ref = snapshots[0]?.ref ?? { id: '' }
      await session.fetch(ref)
      await session.push({ op: 'transition', ref, to: 'Released', fields: { due: '2026-04-01' } }, 'k-1')
      const issue = { id: fake.hands.create('An issue') }
      const update = (names: readonly string[], key: string) =>
        session.push({ op: 'update', ref: issue, fields: { 'cf:Customers': names }, version: null }, key)
      await update(['Acme', 'Globex'], 'k-2')
      await update([], 'k-3')
      for (let index = 0; index < 60; index += 1) fake.hands.comment(issue.id, `Word ${index}`)
      for (let index = 0; index < 40; index += 1) fake.hands.link(issue.id, `https://a.example/${index}`)
      await session.fetch(issue)
      expect([...tally.problems]).toEqual([])
    })
  })
