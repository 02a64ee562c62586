import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { escalated, expectNothingWrong } from '../../support/escalated.ts'
import { buildRoad, type Road } from '../../support/road.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

describe('case 8: rich text through a poorer tool', () => {
  it('changes the rich side by the one corrected letter only', async () => {
    road = await buildRoad({
      db: test.db,
      seed: 81,
      desk: { traits: { richText: 'html' } },
      tracker: { traits: { richText: 'plain' } },
    })
    const rich =
      '<h2>Steps</h2><p>Log in as <strong>root</strong> 🎉 and see the tabel:</p><table><thead><tr><th>Try</th><th>Result</th></tr></thead><tbody><tr><td>one</td><td><em>fails</em></td></tr></tbody></table><pre><code>login --user root\n</code></pre><p><img src="https://files.example/a/screen.png" alt="screen.png"><img src="https://files.example/b/screen.png" alt="screen.png"></p>'
    const { ticket, defect } = await escalated(road, { description: '<p>short</p>' })
    road.desk.humanComment(ticket, rich, { by: 'u-carla' })
    await road.converge(5)
    const read = async () =>
      (await road.db.selectFrom('message').select('body').executeTakeFirstOrThrow()).body
    const before = JSON.stringify(await read())
    const copy = road.tracker.item(defect)?.comments[0]
    expect(copy?.text).toContain('tabel')
    road.tracker.humanEditComment(defect, copy?.id ?? '', copy?.text.replace('tabel', 'table') ?? '')
    await road.converge(5)
    expect(JSON.stringify(await read())).toBe(before.replace('tabel', 'table'))
    const shown = road.desk.item(ticket)?.comments[0]?.text ?? ''
    expect(shown).toContain('table:')
    expect(shown.match(/<img/g)).toHaveLength(2)
    expect(shown).toContain('login --user root')
    await expectNothingWrong(road, {
      form: (text) => text.replace(/<[^>]*>|https?\S*|:tada:|screen|png|[^\p{L}]/gu, '').toLowerCase(),
    })
  })
})
