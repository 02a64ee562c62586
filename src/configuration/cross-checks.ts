import { RULE_VARIABLE, type RuleAction } from '../domain/rule.ts'
import { SEVERITIES } from '../domain/words.ts'
import { compile } from '../lib/expression.ts'
import type { Configuration, Organisation, RouteWanted, RuleWanted } from './configuration.ts'
import type { Problem } from './explain.ts'
import { checkMapping, problemAt, unknownWord } from './mapping-checks.ts'
import { hubFieldsOf, isDerived } from './to-mapping.ts'

/** What can only be judged with the whole file, and what is stored already, in view. */
interface Known {
  readonly parties: ReadonlyMap<string, 'desk' | 'tracker'>
  readonly products: ReadonlyMap<string, ReadonlySet<string>>
  readonly teams: readonly string[]
  readonly people: readonly string[]
  readonly customers: readonly string[]
}

const knownIn = (file: Configuration, stored: Configuration | null): Known => {
  const both = [...(stored ? [stored] : []), file]
  const parties = new Map<string, 'desk' | 'tracker'>()
  const products = new Map<string, Set<string>>()
  const keys = (section: 'teams' | 'people' | 'customers'): string[] => [
    ...new Set(both.flatMap(({ organisation }) => Object.keys(organisation?.[section] ?? {}))),
  ]
  for (const { connections, organisation } of both) {
    for (const [key, connection] of Object.entries(connections)) parties.set(key, connection.party)
    for (const [key, product] of Object.entries(organisation?.products ?? {}))
      products.set(key, new Set([...(products.get(key) ?? []), ...Object.keys(product.components)]))
  }
  return { parties, products, teams: keys('teams'), people: keys('people'), customers: keys('customers') }
}

const checkConnections = (file: Configuration, known: Known): readonly Problem[] =>
  Object.entries(file.connections).flatMap(([key, connection]) => {
    const path = ['connections', key, 'mapping']
    const problems = [...checkMapping(connection.mapping, path)]
    const products = [...known.products.keys()]
    for (const [there, product] of Object.entries(connection.mapping.products))
      if (!products.includes(product))
        problems.push(unknownWord([...path, 'products', there], product, products, 'a product'))
    const components = [...known.products.values()].flatMap((set) => [...set])
    for (const [there, component] of Object.entries(connection.mapping.components))
      if (!components.includes(component))
        problems.push(
          unknownWord([...path, 'components', there], component, components, 'a component of any product'),
        )
    return problems
  })

const checkOrganisation = (organisation: Organisation, known: Known): readonly Problem[] => {
  const problems: Problem[] = []
  const root = 'organisation'
  const team = (path: readonly (string | number)[], key: string | null): void => {
    if (key !== null && !known.teams.includes(key))
      problems.push(unknownWord(path, key, known.teams, 'a team'))
  }
  for (const [key, { members }] of Object.entries(organisation.teams))
    for (const email of members ?? [])
      if (!known.people.includes(email))
        problems.push(
          unknownWord(
            [root, 'teams', key, 'members'],
            email,
            known.people,
            'the e-mail of one of the people',
          ),
        )
  for (const [key, product] of Object.entries(organisation.products)) {
    team([root, 'products', key, 'team'], product.team)
    for (const [name, component] of Object.entries(product.components))
      team([root, 'products', key, 'components', name, 'team'], component.team)
  }
  const seen = new Set<string>()
  for (const line of organisation.installations) {
    const path = [root, 'installations']
    const name = `${line.customer} / ${line.product} / ${line.environment}`
    if (seen.has(name)) problems.push(problemAt(path, `${name} stands twice`, 'Keep one of the lines.'))
    seen.add(name)
    if (!known.customers.includes(line.customer))
      problems.push(unknownWord(path, line.customer, known.customers, 'a customer'))
    if (!known.products.has(line.product))
      problems.push(unknownWord(path, line.product, [...known.products.keys()], 'a product'))
  }
  return problems
}

const checkRoute = (
  route: RouteWanted,
  path: readonly (string | number)[],
  known: Known,
): readonly Problem[] => {
  const problems: Problem[] = []
  const components = route.product === null ? null : known.products.get(route.product)
  if (route.product !== null && components === undefined)
    problems.push(unknownWord([...path, 'product'], route.product, [...known.products.keys()], 'a product'))
  if (route.component !== null && route.product === null)
    problems.push(problemAt(path, `'${route.component}' needs its product beside it`, "Add 'product'."))
  else if (route.component !== null && components && !components.has(route.component))
    problems.push(
      unknownWord(
        [...path, 'component'],
        route.component,
        [...components],
        `a component of ${route.product}`,
      ),
    )
  if (route.connection === null) return problems
  const party = known.parties.get(route.connection)
  if (party === undefined)
    problems.push(
      unknownWord([...path, 'connection'], route.connection, [...known.parties.keys()], 'a connection'),
    )
  else if (party === 'desk')
    problems.push(
      problemAt([...path, 'connection'], `'${route.connection}' is a desk`, 'Escalations go to a tracker.'),
    )
  if (route.container === null)
    problems.push(problemAt(path, 'names a tool, but no project in it', "Add 'container'."))
  return problems
}

const checkRoutes = (routes: readonly RouteWanted[], known: Known): readonly Problem[] => {
  const seen = new Map<string, number>()
  return routes.flatMap((route, index) => {
    const path = ['routes', index]
    const selector = `${route.product ?? ''}/${route.component ?? ''}`
    const other = seen.get(selector)
    seen.set(selector, index)
    const twice =
      other === undefined
        ? []
        : [problemAt(path, `line ${other + 1} is for the same thing`, 'Keep one of them.')]
    return [...twice, ...checkRoute(route, path, known)]
  })
}

const checkAction = (
  rule: RuleWanted,
  action: RuleAction,
  path: readonly (string | number)[],
): readonly Problem[] => {
  if (action.do === 'escalate' && rule.on !== 'ticket')
    return [problemAt(path, 'only a ticket can be escalated', "Write 'on: ticket'.")]
  if (action.do !== 'set fields') return []
  const known = hubFieldsOf(rule.on).filter((field) => !isDerived(rule.on, field))
  return Object.entries(action.fields).flatMap(([field, value]) => {
    if (!field.startsWith('custom.') && !known.includes(field))
      return [unknownWord(path, field, known, `a field of a ${rule.on} that can be set`)]
    if (field === 'severity' && value !== null && !(SEVERITIES as readonly string[]).includes(value))
      return [unknownWord(path, value, SEVERITIES, 'a severity')]
    return []
  })
}

const checkRules = (rules: Readonly<Record<string, RuleWanted>>): readonly Problem[] =>
  Object.entries(rules).flatMap(([key, rule]) => {
    const path = ['rules', key]
    const compiled = compile(rule.when, [RULE_VARIABLE[rule.on]])
    const when = compiled.ok
      ? []
      : [
          problemAt(
            [...path, 'when'],
            `the expression is wrong at character ${compiled.error.position + 1}: ${compiled.error.message}`,
            `It may use '${RULE_VARIABLE[rule.on]}' and its fields, for example ${RULE_VARIABLE[rule.on]}.severity == "critical".`,
          ),
        ]
    return [...when, ...rule.then.flatMap((action) => checkAction(rule, action, [...path, 'then']))]
  })

/** `stored`: what is there already and may be named too; null when the file stands alone. */
export const crossCheck = (file: Configuration, stored: Configuration | null): readonly Problem[] => {
  const known = knownIn(file, stored)
  return [
    ...checkConnections(file, known),
    ...(file.organisation ? checkOrganisation(file.organisation, known) : []),
    ...(file.routes ? checkRoutes(file.routes, known) : []),
    ...(file.rules ? checkRules(file.rules) : []),
  ]
}
