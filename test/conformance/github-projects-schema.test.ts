import { parse } from 'graphql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startGithubFake } from '../../src/connectors/github/fake.ts'
import { github } from '../../src/connectors/github/index.ts'
import {
  ADD_MUTATION,
  ITEMS_QUERY,
  PROJECT_QUERY,
  setMutation,
  VALUES_QUERY,
} from '../../src/connectors/github/project-questions.ts'
import { openTool } from '../../src/connectors/open-tool.ts'
import { checkedHttp, vendorTally } from './vendor/checked-http.ts'
import { githubVendor } from './vendor/github.ts'

/** What the suite does not come by: fields of every kind, and changes in a project. Held against GitHub's schema too. */
const NOW = '2026-01-05T09:00:00.000Z'
const vendor = githubVendor()

describe('every question about projects', () => {
  it.each([
    ['Project', PROJECT_QUERY],
    ['ProjectValues', VALUES_QUERY],
    ['ProjectItems', ITEMS_QUERY],
    ['AddToProject', ADD_MUTATION],
    ['SetFields', setMutation(['update', 'clear'])],
  ])('is one document with one operation: %s', (_, query) => {
    expect(parse(query).definitions.filter(({ kind }) => kind === 'OperationDefinition')).toHaveLength(1)
  })
})

// without the schema there is nothing to hold them against, and `vendorSpec` has said so
if (vendor !== null)
  describe('every question about projects, by GitHub’s schema', () => {
    const now = (): Date => new Date(NOW)
    let close: readonly (() => Promise<void>)[] = []
    let tally = vendorTally()

    const connect = async () => {
      const fake = await startGithubFake({ now })
      const settings = { ...fake.settings, projects: { Roadmap: 'acme/7' } }
      const plain = openTool(github, settings, { now, allowPrivate: [fake.address] })
      close = [fake.close, plain.close]
      return { fake, session: github.connect(settings, checkedHttp(plain, vendor, tally), now) }
    }
    beforeEach(() => {
      tally = vendorTally()
    })
    afterEach(async () => {
      for (const each of close) await each()
    })

    it('fits, as does its answer', async () => {
      const { fake, session } = await connect()
      const ref = { id: fake.people.create({ title: 'An issue' }) }
      const write = (fields: Readonly<Record<string, string | number | null>>) =>
        session.push({ op: 'update', ref, fields, version: null }, 'k')
      await session.check()
      await session.describe()
      await write({
        'cf:Roadmap · Status': 'Done',
        'cf:Roadmap · Estimate': 2.5,
        'cf:Roadmap · Note': 'x',
        'cf:Roadmap · Target date': '2026-03-01',
        'cf:Roadmap · Sprint': 'Sprint 2',
      })
      await session.fetch(ref)
      await write({ 'cf:Roadmap · Status': null, 'cf:Roadmap · Sprint': 'Sprint 1' })
      await session.pull(null, 'all')
      let page = await session.pull((await session.pull(null, 'changes')).cursor, 'changes')
      while (page.more) page = await session.pull(page.cursor, 'changes')
      expect([...tally.problems]).toEqual([])
      expect(tally.requests).toBeGreaterThan(20)
    })

    it('fits where a project is not there', async () => {
      const { fake, session } = await connect()
      for (const project of fake.state.projects) project.isHidden = true
      expect((await session.check()).problems).toHaveLength(1)
      expect([...tally.problems]).toEqual([])
    })
  })
