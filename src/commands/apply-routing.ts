import type { Configuration, RouteWanted } from '../configuration/configuration.ts'
import { finalOrder, routeKey } from '../configuration/difference.ts'
import * as rows from '../store/configuration.ts'
import type { Tx } from '../store/database.ts'
import type { CommandContext } from './run-command.ts'
import type { StoredConfiguration } from './stored-configuration.ts'

/** Writes routes and rules as lists: the file's lines first, then those it does not name, unless they are pruned. */
export const applyRoutes = async (
  tx: Tx,
  context: CommandContext,
  wanted: NonNullable<Configuration['routes']>,
  stored: StoredConfiguration,
  prune: boolean,
): Promise<void> => {
  const old = stored.configuration.routes ?? []
  const line = new Map<string, RouteWanted>([...old, ...wanted].map((route) => [routeKey(route), route]))
  const { ids } = stored
  await rows.replaceRoutes(
    tx,
    finalOrder(old.map(routeKey), wanted.map(routeKey), prune).flatMap((key, position) => {
      const route = line.get(key)
      if (route === undefined) return []
      return [
        {
          id: context.newId(),
          position,
          product_id: route.product === null ? null : (ids.products.get(route.product) ?? null),
          component_id:
            route.component === null
              ? null
              : (ids.components.get(`${route.product}/${route.component}`) ?? null),
          connection_id: route.connection === null ? null : (ids.connections.get(route.connection) ?? null),
          container: route.container,
          item_type: route.type,
          component_there: route.componentThere,
        },
      ]
    }),
  )
}

export const applyRules = async (
  tx: Tx,
  context: CommandContext,
  wanted: NonNullable<Configuration['rules']>,
  stored: StoredConfiguration,
  prune: boolean,
): Promise<void> => {
  const old = stored.configuration.rules ?? {}
  await rows.replaceRules(
    tx,
    finalOrder(Object.keys(old), Object.keys(wanted), prune).flatMap((key, position) => {
      const rule = wanted[key] ?? old[key]
      if (rule === undefined) return []
      return [
        {
          id: context.newId(),
          key,
          position,
          record_kind: rule.on,
          expression: rule.when,
          action: JSON.stringify(rule.then),
          enabled: rule.enabled,
        },
      ]
    }),
  )
}
