import type { Vendor } from './checked-http.ts'
import { type Exchange, vendorSchema } from './openapi.ts'
import { vendorSpec } from './specs.ts'

/**
 * GitLab's published Swagger 2.0 (`doc/api/openapi/openapi_v2.yaml`). It describes webhooks, members, projects, files,
 * releases, links and the account's token, and leaves out the issues themselves, their notes, labels and milestones. An
 * issue is described in one place all the same: as another issue's link. So each issue that is shown is held against that.
 */

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What the generator writes for types of Ruby's, which are none of JSON's. */
const NO_TYPES: readonly unknown[] = ['file', 'symbol', 'text']

/** Also what it writes for a member whose type it does not know: a number, a flag. Such a member tells nothing. */
const typesOf = ({ type, example, format }: Json, isAnswer: boolean): readonly unknown[] => {
  if (NO_TYPES.includes(type)) return ['string']
  const isUnknown = type === 'string' && format === undefined && typeof example !== 'string'
  return isAnswer && isUnknown ? ['string', 'number', 'boolean'] : [type]
}

/** `isAnswer`: it says nowhere what may be null; in answers most things may. */
const repaired = (value: unknown, isAnswer: boolean): unknown => {
  if (Array.isArray(value)) return value.map((each) => repaired(each, isAnswer))
  if (!isObject(value)) return value
  const out = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, repaired(inner, isAnswer)]),
  )
  if (typeof value['type'] !== 'string') return isAnswer && '$ref' in value ? orNull(out) : out
  return { ...out, type: [...typesOf(value, isAnswer), ...(isAnswer ? ['null'] : [])] }
}

const orNull = (schema: Json): Json => ({ anyOf: [schema, { type: 'null' }] })

const repairedDefinitions = (definitions: unknown): unknown =>
  isObject(definitions)
    ? Object.fromEntries(
        Object.entries(definitions).map(([name, inner]) => [
          name,
          repaired(inner, /^(?:EE_)?API_Entities_/.test(name)),
        ]),
      )
    : definitions

const OURS =
  /\/api\/v4\/(?:metadata|personal_access_tokens\/self$|projects\/\{id\}(?:$|\/(?:hooks|members|uploads|releases|issues)))/

const relevant = (spec: unknown): unknown => {
  if (!isObject(spec) || !isObject(spec['paths'])) return spec
  const paths = Object.fromEntries(Object.entries(spec['paths']).filter(([path]) => OURS.test(path)))
  return { ...spec, paths: repaired(paths, false), definitions: repairedDefinitions(spec['definitions']) }
}

const ISSUE = /^\/api\/v4\/projects\/[^/]+\/issues(?:\/\d+(?:\/move)?)?$/

/** As the answer that lists the links of an issue. */
const asLinks = ({ answer, status }: Exchange): Exchange | null =>
  status >= 300
    ? null
    : {
        method: 'GET',
        path: '/api/v4/projects/4/issues/1/links',
        query: {},
        body: undefined,
        status: 200,
        answer: Array.isArray(answer) ? answer : [answer],
      }

const left = (what: string) => `the published schema leaves out ${what}`

export const gitlabVendor = (): Vendor | null => {
  const spec = vendorSpec('gitlab/openapi_v2.yaml')
  if (spec === null) return null
  const schema = vendorSchema(relevant(spec))
  return {
    schema: {
      check: (exchange) => {
        if (!ISSUE.test(exchange.path)) return schema.check(exchange)
        const links = asLinks(exchange)
        return links === null ? [] : schema.check(links)
      },
    },
    accepts: [
      {
        problem: /\/assignees must/,
        because: 'it says that the assignees of an issue are one person; GitLab’s own examples show a list',
      },
      { problem: /^POST \/api\/graphql: .* no such operation/, because: 'it is about REST' },
      {
        problem: /^\w+ \/api\/v4\/projects\/[^/]+\/(?:labels|milestones).*: .* no such operation/,
        because: left('labels and milestones'),
      },
      {
        problem: /^\w+ \/api\/v4\/projects\/[^/]+\/issues\/\d+\/notes.*: .* no such operation/,
        because: left('notes'),
      },
      { problem: /^GET \/api\/v4\/user: .* no such operation/, because: left('one’s own account') },
    ],
  }
}
