import {
  changed,
  type Handler,
  itemNamed,
  list,
  membersIn,
  numberIn,
  ok,
  patchIn,
  projectNamed,
} from './exchange.ts'
import { runQuery } from './query.ts'
import { showItem } from './show.ts'
import { INTEGRATION, iso } from './state.ts'
import { createItem, patchItem, Refused } from './write.ts'

/** Work items: made, changed, listed. */

export const createRoute: Handler = (world, request, [project = '', type = '']) => {
  const found = projectNamed(world, project)
  const item = createItem(world.state, found.name, type, patchIn(request), INTEGRATION, world.nowMs)
  return changed(item, 'create', String(item.id), 'workitem.created', showItem(item, world.base, true))
}

export const patchRoute: Handler = (world, request, [id]) => {
  const item = itemNamed(world, id)
  const files = item.relations.filter(({ rel }) => rel === 'AttachedFile').length
  const did = patchItem(world.state, item, patchIn(request), INTEGRATION, world.nowMs)
  const isFile = item.relations.filter(({ rel }) => rel === 'AttachedFile').length > files
  const json = showItem(item, world.base, request.query.get('$expand') === 'relations')
  return did
    ? changed(item, isFile ? 'attachment' : 'update', String(item.id), 'workitem.updated', json)
    : ok(json)
}

export const batchRoute: Handler = (world, request) => {
  const { ids } = membersIn(request)
  const asked = Array.isArray(ids) ? ids : []
  if (asked.length > 200)
    throw new Refused({
      status: 400,
      typeKey: 'VssPropertyValidationException',
      message: 'VS402337: More than 200 ids.',
    })
  return list(
    asked
      .map((id) => {
        try {
          return showItem(itemNamed(world, String(id)), world.base, true)
        } catch {
          return null
        }
      })
      .filter((one) => one !== null),
  )
}

export const queryRoute: Handler = (world, request) => {
  const ids = runQuery(world.state, String(membersIn(request)['query']), numberIn(request, '$top', 20_000))
  return ok({
    queryType: 'flat',
    queryResultType: 'workItem',
    asOf: iso(world.nowMs),
    columns: [{ referenceName: 'System.Id', name: 'ID' }],
    workItems: ids.map((id) => ({ id, url: `${world.base}/_apis/wit/workItems/${id}` })),
  })
}

/** By watermark, which every revision moves on; deleted items are not among them. */
export const revisionsRoute: Handler = (world, request, [project]) => {
  const { name } = projectNamed(world, project)
  const after = Number(request.query.get('continuationToken') ?? 0)
  const from = Date.parse(request.query.get('startDateTime') ?? '1970-01-01T00:00:00Z')
  const size = Math.min(numberIn(request, '$maxPageSize', 200), world.pageLimit)
  const rows = [...world.state.items.values()]
    .filter((item) => item.fields['System.TeamProject'] === name && !item.isDeleted)
    .filter((item) => item.watermark > after && Date.parse(String(item.fields['System.ChangedDate'])) >= from)
    .sort((a, b) => a.watermark - b.watermark)
  const page = rows.slice(0, size)
  return ok({
    values: page.map(({ id, rev }) => ({ id, rev, fields: { 'System.Id': id } })),
    nextLink: `${world.base}/next`,
    continuationToken: String(page.at(-1)?.watermark ?? Math.max(after, 0)),
    isLastBatch: rows.length <= size,
  })
}
