import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'

/** One line of the routing table, as configured. */
export interface RouteLine {
  readonly position: number
  readonly productId: string | null
  readonly componentId: string | null
  /** The tracker it goes to; null: the team works in Causeway. */
  readonly connectionId: string | null
  readonly container: string | null
}

export interface RoutedThing {
  readonly product: { readonly id: string; readonly name: string; readonly teamId: string | null } | null
  readonly component: { readonly id: string; readonly name: string; readonly teamId: string } | null
}

export interface Destination {
  readonly teamId: string | null
  /** Null: it is a native work item, there the moment it is written. */
  readonly tool: { readonly connectionId: string; readonly container: string } | null
}

const fits = (line: RouteLine, thing: RoutedThing): boolean =>
  (line.componentId === null || line.componentId === thing.component?.id) &&
  (line.productId === null || line.productId === thing.product?.id)

const specificity = (line: RouteLine): number =>
  line.componentId !== null ? 2 : line.productId !== null ? 1 : 0

/** The line that says most: component before product before default; then the first in order. */
export const bestRoute = <L extends RouteLine>(lines: readonly L[], thing: RoutedThing): L | null =>
  lines
    .filter((line) => fits(line, thing))
    .sort((a, b) => specificity(b) - specificity(a) || a.position - b.position)[0] ?? null

/**
 * Where an escalation goes. The component's owning team answers, else the product's; the routing table says in which
 * tool. A team without a line works in Causeway. Nobody and no line: a refusal that says what to configure.
 */
export const routeFor = (lines: readonly RouteLine[], thing: RoutedThing): Result<Destination, Refusal> => {
  const teamId = thing.component?.teamId ?? thing.product?.teamId ?? null
  const line = bestRoute(lines, thing)
  if (line === null) return teamId === null ? err(noRoute(thing)) : ok({ teamId, tool: null })
  if (line.connectionId === null) return ok({ teamId, tool: null })
  if (line.container === null) {
    return err(
      refuse(
        'no-route',
        'The route for this names a tool, but not the project in it. Give that route a container.',
        {
          field: thing.component === null ? '/product' : '/component',
        },
      ),
    )
  }
  return ok({ teamId, tool: { connectionId: line.connectionId, container: line.container } })
}

const noRoute = (thing: RoutedThing): Refusal => {
  if (thing.product === null) {
    return refuse(
      'no-route',
      'The ticket names no product, so nobody owns it yet. Give it a product or a component, or configure a default route.',
      { field: '/product' },
    )
  }
  return refuse(
    'no-route',
    `Nobody owns ${thing.product.name} as a whole. Give the ticket a component, give the product an owning team, or configure a route for it.`,
    { field: '/component' },
  )
}
