import { describe, expect, it } from 'vitest'
import type { Mapping } from '../api/connections.ts'
import {
  allSaidTwice,
  saidTwice,
  stateRows,
  suggest,
  toDraft,
  toMapping,
  withRule,
  withState,
  wordRows,
} from './mapping-draft.ts'

const MAPPING: Mapping = {
  containers: ['helpdesk'],
  types: [],
  adopt: true,
  fields: [
    { hub: 'title', tool: 'title', direction: 'both', conflict: 'ask' },
    {
      hub: 'severity',
      tool: 'cf:Severity',
      direction: 'both',
      conflict: 'hub wins',
      values: { High: 'high' },
    },
  ],
  status: {
    owner: 'tool',
    toHub: { New: 'new', Pending: 'waiting customer' },
    toTool: [{ when: 'waiting', to: 'Pending', from: ['New'] }],
  },
  comments: null,
  attachments: null,
  people: { '7': 'ada@x.example' },
  products: {},
  components: {},
  releases: false,
  onCreate: { type: 'Bug' },
}

describe('a draft', () => {
  it('comes back as the same mapping when nobody touched it', () => {
    expect(toMapping(toDraft(MAPPING))).toEqual(MAPPING)
  })

  it('leaves out lines that are half typed, since they say nothing yet', () => {
    const draft = toDraft(MAPPING)
    const half = {
      ...draft,
      fields: [
        ...draft.fields,
        { hub: '', tool: 'cf:X', direction: 'both', conflict: 'ask', values: null } as const,
      ],
      people: [...draft.people, ['8', ''] as const],
    }
    expect(toMapping(half)).toEqual(MAPPING)
  })

  it('names a word that two lines speak of, because only one of them would count', () => {
    expect(
      saidTwice([
        ['a', '1'],
        ['b', '2'],
        ['a ', '3'],
        ['', '4'],
        ['', '5'],
      ]),
    ).toEqual(['a'])
    expect(
      allSaidTwice({
        ...toDraft(MAPPING),
        people: [
          ['7', 'a@x'],
          ['7', 'b@x'],
        ],
      }),
    ).toEqual(['7'])
    expect(allSaidTwice(toDraft(MAPPING))).toEqual([])
  })
})

describe('statuses side by side', () => {
  const status = toDraft(MAPPING).status
  if (status === null) throw new Error('the sample has statuses')

  it('show theirs that are not mapped, and mapped ones that the tool does not have any more', () => {
    expect(wordRows(['New', 'Closed'], status)).toEqual([
      { word: 'New', state: 'new', isKnown: true },
      { word: 'Closed', state: '', isKnown: true },
      { word: 'Pending', state: 'waiting customer', isKnown: false },
    ])
  })

  it('show ours with the rules that send them, and those that none sends', () => {
    expect(stateRows(['new', 'waiting'], status)).toEqual([
      { state: 'new', rules: [] },
      { state: 'waiting', rules: [0] },
    ])
  })

  it('put a specific rule before the general one, which would always come first otherwise', () => {
    expect(withRule(status, 'waiting supplier', 'New').toTool.map(({ when }) => when)).toEqual([
      'waiting supplier',
      'waiting',
    ])
    expect(withRule(status, 'open', 'New').toTool.map(({ when }) => when)).toEqual(['waiting', 'open'])
  })

  it('take a mapped word back by choosing nothing', () => {
    expect(withState(status, 'New', '').toHub).toEqual([['Pending', 'waiting customer']])
  })
})

it('suggests what every tool has and keeps what somebody wrote already', () => {
  const described = {
    containers: [{ id: 'p', title: 'P', types: [] }],
    fields: [
      { field: 'title', title: 'Subject', kind: 'text', options: null, writable: true },
      { field: 'release', title: 'Version', kind: 'choice', options: [], writable: false },
    ],
    statuses: [
      { word: 'New', category: 'new' },
      { word: 'Odd', category: null },
    ],
    transitions: null,
    people: [],
  }
  const empty = toDraft({ ...MAPPING, containers: [], fields: [], status: null })
  const made = suggest(empty, described, 'work item')
  expect(made.containers).toEqual(['p'])
  expect(made.fields.map(({ hub, direction }) => [hub, direction])).toEqual([
    ['title', 'both'],
    ['release', 'to hub'],
  ])
  expect(made.status?.toHub).toEqual([['New', 'triage']])
  expect(suggest(toDraft(MAPPING), described, 'work item').status).toEqual(toDraft(MAPPING).status)
})
