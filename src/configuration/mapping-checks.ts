import { AUDIENCES, isSeenBy } from '../domain/audience.ts'
import { SEVERITIES, TICKET_STATES, WAITING_FOR, WORK_ITEM_KINDS, WORK_ITEM_STATES } from '../domain/words.ts'
import { nearest } from '../lib/nearest.ts'
import type { AudienceMapping, FieldRule, Mapping, StatusMapping } from '../sync/mapping.ts'
import type { Problem } from './explain.ts'
import { hubFieldsOf, isDerived } from './to-mapping.ts'
import { unsafeBothWays } from './value-map.ts'

/** What a schema cannot see in one mapping: words of ours that do not exist, maps that cannot be read backwards. */
type Path = readonly (string | number)[]

export const problemAt = (path: Path, what: string, todo: string, at: Problem['at'] = 'value'): Problem => ({
  path,
  at,
  what,
  todo,
})

export const unknownWord = (
  path: Path,
  word: string,
  known: readonly string[],
  what: string,
  at: Problem['at'] = 'value',
): Problem => {
  const guess = nearest(word, known)
  return problemAt(
    path,
    `'${word}' is not ${what}`,
    guess === null ? `Known: ${known.slice(0, 24).join(', ') || 'none'}.` : `Did you mean '${guess}'?`,
    at,
  )
}

export const statesOf = (record: Mapping['record']): readonly string[] =>
  record === 'work item'
    ? WORK_ITEM_STATES
    : [
        ...TICKET_STATES.filter((state) => state !== 'merged'),
        ...WAITING_FOR.map((what) => `waiting ${what}`),
      ]

export const WORDS_OF: Readonly<Record<string, readonly string[]>> = {
  severity: SEVERITIES,
  kind: WORK_ITEM_KINDS,
}

const checkField = (record: Mapping['record'], rule: FieldRule, path: Path): readonly Problem[] => {
  const known = hubFieldsOf(record)
  if (!rule.hub.startsWith('custom.') && !known.includes(rule.hub))
    return [unknownWord(path, rule.hub, known, `a field of a ${record}`, 'key')]
  const problems: Problem[] = []
  if (rule.tool === 'status')
    problems.push(problemAt(path, "the tool's status is not a field line", "Describe it under 'statuses'."))
  if (isDerived(record, rule.hub) && rule.direction !== 'to tool')
    problems.push(
      problemAt(
        path,
        `'${rule.hub}' is derived on a ${record} and cannot come from the tool`,
        "Write 'direction: to tool', or leave the direction out.",
      ),
    )
  if (rule.values === undefined) return problems
  if (rule.direction === 'both')
    for (const what of unsafeBothWays(rule.values))
      problems.push(
        problemAt(
          [...path, 'values'],
          what,
          "Make it one-to-one, or let it go one way ('direction: to hub').",
        ),
      )
  const words = WORDS_OF[rule.hub]
  if (words)
    for (const [there, ours] of Object.entries(rule.values))
      if (!words.includes(ours))
        problems.push(unknownWord([...path, 'values', there], ours, words, `a word for ${rule.hub}`))
  return problems
}

const checkFields = (mapping: Mapping, path: Path): readonly Problem[] => {
  const writtenBy = new Map<string, number>()
  const readInto = new Map<string, number>()
  return mapping.fields.flatMap((rule, index) => {
    const line = [...path, index, rule.hub]
    const problems = [...checkField(mapping.record, rule, line)]
    const other = writtenBy.get(rule.tool)
    if (rule.direction !== 'to hub') {
      if (other !== undefined)
        problems.push(
          problemAt(
            line,
            `line ${other + 1} writes '${rule.tool}' already`,
            'Give one of the two another field there, or let it only come in.',
          ),
        )
      else writtenBy.set(rule.tool, index)
    }
    const reader = readInto.get(rule.hub)
    if (rule.direction !== 'to tool') {
      if (reader !== undefined)
        problems.push(
          problemAt(
            line,
            `line ${reader + 1} fills '${rule.hub}' already`,
            "Let one of the two only go out ('direction: to tool').",
          ),
        )
      else readInto.set(rule.hub, index)
    }
    return problems
  })
}

const checkStatuses = (record: Mapping['record'], status: StatusMapping, path: Path): readonly Problem[] => {
  const states = statesOf(record)
  const words = Object.keys(status.toHub)
  const problems: Problem[] = []
  for (const [word, state] of Object.entries(status.toHub))
    if (!states.includes(state))
      problems.push(unknownWord([...path, 'to hub', word], state, states, `a state of a ${record}`))
  status.toTool.forEach((rule, index) => {
    const line = [...path, 'to tool', index]
    if (!states.includes(rule.when))
      problems.push(unknownWord([...line, 'when'], rule.when, states, `a state of a ${record}`))
    // a word we write but cannot read would come back as a hold on the next look
    if (!words.includes(rule.to))
      problems.push(
        problemAt(
          [...line, 'to'],
          `'${rule.to}' is written but not read`,
          `Add '${rule.to}: …' to 'to hub'.`,
        ),
      )
    for (const from of rule.from ?? [])
      if (!words.includes(from))
        problems.push(unknownWord([...line, 'from'], from, words, "one of the tool's words under 'to hub'"))
  })
  if (status.owner === 'hub' && status.toTool.length === 0)
    problems.push(
      problemAt(
        [...path, 'owner'],
        'our states count, but none is ever written',
        "Add lines to 'to tool', or write 'owner: tool'.",
      ),
    )
  return problems
}

const checkAudiences = (mapping: Mapping, words: AudienceMapping, path: Path): readonly Problem[] => {
  const party = mapping.record === 'ticket' ? 'support' : 'engineering'
  const problems: Problem[] = []
  const seen = AUDIENCES.filter((audience) => isSeenBy(audience, party))
  for (const side of ['public', 'internal'] as const)
    if (!seen.includes(words[side]))
      problems.push(
        problemAt(
          [...path, side],
          `${party} would not see here what ${party} wrote there`,
          `Take one of: ${seen.join(', ')}.`,
        ),
      )
  if (words.internal === 'everyone')
    problems.push(
      problemAt(
        [...path, 'internal'],
        'internal words there would be shown to customers here',
        "Take 'staff' or narrower.",
      ),
    )
  words.sendPublic.forEach((audience, index) => {
    if (mapping.record === 'ticket' && audience !== 'everyone')
      problems.push(
        problemAt(
          [...path, 'send public', index],
          `'${audience}' would be sent to the customer`,
          "Only 'everyone' may go out publicly on a desk.",
        ),
      )
    else if (!seen.includes(audience))
      problems.push(
        problemAt(
          [...path, 'send public', index],
          `${party} is not in the audience '${audience}'`,
          `Take one of: ${seen.join(', ')}.`,
        ),
      )
  })
  return problems
}

export const checkMapping = (mapping: Mapping, path: Path): readonly Problem[] => {
  const problems: Problem[] = [...checkFields(mapping, [...path, 'fields'])]
  if (mapping.status) problems.push(...checkStatuses(mapping.record, mapping.status, [...path, 'statuses']))
  if (mapping.comments) problems.push(...checkAudiences(mapping, mapping.comments, [...path, 'comments']))
  if (mapping.attachments)
    problems.push(...checkAudiences(mapping, mapping.attachments, [...path, 'attachments']))
  for (const what of unsafeBothWays(mapping.components))
    problems.push(problemAt([...path, 'components'], what, 'Make it one-to-one.'))
  if (mapping.adopt && mapping.containers.length === 0)
    problems.push(
      problemAt(
        [...path, 'adopt'],
        'nothing can be adopted without containers',
        "Name queues or projects in 'containers'.",
      ),
    )
  if (mapping.releases && mapping.record === 'ticket')
    problems.push(
      problemAt(
        [...path, 'releases'],
        'a desk has no releases',
        "Leave 'releases' out, or make it a tracker.",
      ),
    )
  return problems
}
