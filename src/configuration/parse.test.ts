import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { configurations } from '../../test/support/configurations.ts'
import { factsOfConnector } from './connector-facts.ts'
import { type ParseOptions, parseConfiguration } from './parse.ts'
import { toYaml } from './to-yaml.ts'

const ALONE: ParseOptions = { names: null, stored: null, kinds: null }

/** `line:column path: what todo` of everything that is wrong. */
const complaints = (text: string, options: ParseOptions = ALONE): readonly string[] => {
  const parsed = parseConfiguration(text, options)
  return parsed.ok ? [] : parsed.error.map((e) => `${e.line}:${e.column} ${e.path}: ${e.what}. ${e.todo}`)
}

const tracker = {
  id: 'demo-tracker',
  title: 'Demo tracker',
  party: 'tracker' as const,
  settings: Type.Object({
    token: Type.String({ secret: true }),
    url: Type.String({ default: 'https://x.example' }),
  }),
  baseUrl: ({ url }: { readonly url: string }) => url,
}

const desk = (mapping: string): string => `connections:
  desk:
    kind: demo-desk
    party: desk
    title: Desk
    settings: { token: "\${DESK_TOKEN}" }
    mapping:
      containers: [Support]
${mapping.replace(/^/gm, '      ')}
`

describe('parseConfiguration', () => {
  it('reads back what it wrote, for any configuration', () => {
    fc.assert(
      fc.property(configurations, (configuration) => {
        expect(parseConfiguration(toYaml(configuration))).toEqual({ ok: true, value: configuration })
      }),
      { numRuns: 100 },
    )
  })

  it('finds the published example right', () => {
    const text = readFileSync(
      new URL('../../docs/examples/request-tracker-and-redmine.yaml', import.meta.url),
      'utf8',
    )
    expect(complaints(text)).toEqual([])
  })

  it('takes an empty file as saying nothing', () => {
    expect(parseConfiguration('')).toEqual({
      ok: true,
      value: { connections: {}, organisation: null, routes: null, rules: null },
    })
  })

  it('fills in what a short line leaves out', () => {
    const parsed = parseConfiguration(desk('fields:\n  - title: title\n  - engineering.status: cf:Status'))
    expect(parsed.ok && parsed.value.connections['desk']?.mapping.fields).toEqual([
      { hub: 'title', tool: 'title', direction: 'both', conflict: 'ask' },
      { hub: 'engineering.status', tool: 'cf:Status', direction: 'to tool', conflict: 'ask' },
    ])
  })

  it('points at the line and column of an unknown field and guesses what was meant', () => {
    expect(complaints(desk('fields: []\nadoptt: true'))).toEqual([
      "10:7 connections.desk.mapping.adoptt: 'adoptt' is not known here. Did you mean 'adopt'?",
    ])
  })

  it('points at the word of ours that does not exist', () => {
    expect(complaints(desk('fields:\n  - severity: { tool: cf:S, values: { High: hihg } }'))).toEqual([
      "10:51 connections.desk.mapping.fields[0].severity.values.High: 'hihg' is not a word for severity. Did you mean 'high'?",
    ])
  })

  it('refuses a value map that cannot be read backwards, because each look would write again', () => {
    const [first] = complaints(desk('fields:\n  - version: { tool: cf:V, values: { High: a, Urgent: a } }'))
    expect(first).toContain("'High' and 'Urgent' both become 'a'")
    const [second] = complaints(desk('fields:\n  - version: { tool: cf:V, values: { High: a, high: b } }'))
    expect(second).toContain('only spelled differently')
    expect(
      complaints(
        desk('fields:\n  - version: { tool: cf:V, direction: to hub, values: { High: a, Urgent: a } }'),
      ),
    ).toEqual([])
  })

  it('refuses a status that is written but could not be read back', () => {
    expect(
      complaints(
        desk(
          'fields: []\nstatuses:\n  owner: tool\n  to hub: { new: new }\n  to tool: [{ when: resolvd, to: done }]',
        ),
      ),
    ).toEqual([
      "13:27 connections.desk.mapping.statuses.to tool[0].when: 'resolvd' is not a state of a ticket. Did you mean 'resolved'?",
      "13:40 connections.desk.mapping.statuses.to tool[0].to: 'done' is written but not read. Add 'done: …' to 'to hub'.",
    ])
  })

  it('never lets internal words out to customers', () => {
    const words = complaints(
      desk('fields: []\ncomments: { public: everyone, internal: everyone, send public: [staff] }'),
    )
    expect(words.some((text) => text.includes('internal words there would be shown to customers'))).toBe(true)
    expect(words.some((text) => text.includes("'staff' would be sent to the customer"))).toBe(true)
  })

  it('names the variables that the environment lacks', () => {
    const options = { ...ALONE, names: new Set(['OTHER']) }
    expect(complaints(desk('fields: []'), options)).toEqual([
      '6:24 connections.desk.settings.token: the environment has no DESK_TOKEN. Set it where you apply the file: export DESK_TOKEN=…',
    ])
    expect(complaints(desk('fields: []'), { ...ALONE, names: new Set(['DESK_TOKEN']) })).toEqual([])
  })

  it('refuses a secret written into the file, without repeating it', () => {
    const facts = factsOfConnector(tracker)
    const kinds = {
      all: ['demo-tracker'],
      factsOf: (kind: string) => (kind === 'demo-tracker' ? facts : null),
    }
    const text = desk('fields: []')
      .replace('"${DESK_TOKEN}"', 'hunter2')
      .replace('demo-desk', 'demo-tracker')
      .replace('party: desk', 'party: tracker')
    const words = complaints(text, { ...ALONE, kinds })
    expect(words).toEqual([
      '6:24 connections.desk.settings.token: a secret does not belong in the file. Write token: ${DESK_TOKEN} and set that variable where you apply the file.',
    ])
    expect(complaints(desk('fields: []'), { ...ALONE, kinds })).toEqual([
      "3:11 connections.desk.kind: 'demo-desk' is no kind of tool. There are: demo-tracker.",
    ])
  })

  it('refuses a route to a connection that is not there', () => {
    const words = complaints(
      `${desk('fields: []')}routes:\n  - { connection: dekk, container: X }\n  - { connection: desk, container: X }\n  - { component: c }\n`,
    )
    expect(words[0]).toContain("'dekk' is not a connection. Did you mean 'desk'?")
    expect(words.some((text) => text.includes("'desk' is a desk"))).toBe(true)
    expect(words.some((text) => text.includes("'c' needs its product beside it"))).toBe(true)
  })

  it('compiles expressions at once, so that a rule never fails at night', () => {
    const rule = (when: string) => `rules:\n  r:\n    on: ticket\n    when: ${when}\n    then: escalate\n`
    expect(complaints(rule('ticket.title == "x"'))).toEqual([])
    expect(complaints(rule('ticket.title ==')).length).toBe(1)
    expect(complaints(rule('tikcet.title == "x"'))[0]).toMatch(
      /^4:11 rules\.r\.when: the expression is wrong at character 1/,
    )
  })

  it('says where the file is no YAML, and refuses doubled keys', () => {
    expect(complaints('a: [1, 2')[0]).toMatch(/^1:\d+ : this is not YAML/)
    expect(complaints('routes: []\nroutes: []')[0]).toMatch(
      /^2:1 : this is not YAML: Map keys must be unique/,
    )
  })

  it('survives hostile files: bombs of aliases, nesting without end, a huge file, __proto__', () => {
    const bomb = `a: &a [x,x]\n${'bcdefghij'
      .split('')
      .map((name, i) => `${name}: &${name} [${`*${'abcdefghij'[i]},`.repeat(9)}]`)
      .join('\n')}`
    expect(complaints(bomb).length).toBe(1)
    expect(complaints('['.repeat(20_000)).length).toBeGreaterThan(0)
    expect(complaints('x'.repeat(1_100_000))).toEqual([expect.stringContaining('larger than 1 MiB')])
    expect(complaints('__proto__: { connections: {} }')[0]).toContain("'__proto__' is not known here")
    expect(complaints('organisation: { customers: { __proto__: x } }').length).toBe(1)
  })

  it('never throws, whatever the text', () => {
    const pieces = fc.constantFrom(
      'connections',
      ':',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '"',
      '|',
      '${X}',
      'rules',
      'when',
      '!!js',
      '%',
      '?',
      '1',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void parseConfiguration(parts.join(''))),
      { numRuns: 500 },
    )
  })
})
