import type { Vendor } from './checked-http.ts'
import { graphqlBeside, graphqlSchema } from './graphql.ts'
import { vendorSchema } from './openapi.ts'
import { vendorSpec } from './specs.ts'

/** GitHub's own description of its REST interface, and the schema of its GraphQL, both as published on npm. */

const rest = vendorSpec('github/api.github.com.json')
const graphql = vendorSpec('github/schema.graphql')

/** An Enterprise Server's, as the fake is one. */
const GRAPHQL_PATH = '/api/graphql'

const vendor: Vendor | null =
  rest === null || typeof graphql !== 'string'
    ? null
    : {
        schema: graphqlBeside(
          GRAPHQL_PATH,
          graphqlSchema(graphql, { path: GRAPHQL_PATH }),
          vendorSchema(rest),
        ),
        accepts: [
          {
            problem: /^GET \/repositories\/\d+[^:]*: the vendor's schema knows no such operation/,
            because:
              'it leaves out the addresses by number, to which GitHub redirects what was moved or renamed',
          },
          {
            problem: /^GET \/user-attachments\/[^:]*: the vendor's schema knows no such operation/,
            because: 'files that people dropped into a text lie beside the API',
          },
        ],
      }

export const githubVendor = (): Vendor | null => vendor
