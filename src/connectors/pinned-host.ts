import { isIP } from 'node:net'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import { isPublicAddress, publicOnly } from './address-guard.ts'
import { baseOf } from './http-target.ts'

/**
 * For a program of somebody else's that makes the call itself: where it may connect for this address, as
 * `host:port:address[,address]` (what curl calls `--resolve`), so that a name cannot answer differently a second later.
 * null: anywhere, the operator allows this host and port. The error is a sentence.
 */
export const pinnedHost = async (
  address: string,
  allowPrivate: readonly string[],
): Promise<Result<string | null, string>> => {
  const base = baseOf(address, allowPrivate)
  if (!base.ok) return err(`${base.error.charAt(0).toUpperCase()}${base.error.slice(1)}.`)
  const { url, allowed } = base.value
  if (allowed) return ok(null)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = await addressesOf(host)
  if (!found.ok) return found
  const port = url.port || '443'
  return ok(`${host}:${port}:${found.value.map((each) => (isIP(each) === 6 ? `[${each}]` : each)).join(',')}`)
}

const addressesOf = async (host: string): Promise<Result<readonly string[], string>> => {
  if (isIP(host) !== 0)
    return isPublicAddress(host)
      ? ok([host])
      : err(
          said`${host} is not a public address; an operator can allow this host and port by name (CAUSEWAY_ALLOW_HOSTS).`,
        )
  return new Promise((resolve) =>
    publicOnly()(host, { all: true }, (error, addresses) => {
      const all = Array.isArray(addresses) ? addresses.map((each) => each.address) : [addresses]
      if (error === null) resolve(ok(all))
      else if (error.code === undefined) resolve(err(`${error.message}.`))
      else resolve(err(said`The name ${host} is not known (${error.code}). Is the address right?`))
    }),
  )
}
