import type { App } from '../api/app.ts'
import { err, ok, type Result } from '../lib/result.ts'

/** Where to listen, and the variables that say so, for the sentence of a refusal. */
export interface Place {
  readonly host: string
  readonly port: number
  readonly hostVariable: string
  readonly portVariable: string
}

/** The address it listens on, or a sentence of what to correct. */
export const listen = async (app: App, place: Place): Promise<Result<string, string>> => {
  const { host, port } = place
  try {
    return ok(await app.listen({ host, port }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      return err(
        `${host}:${port} is taken by another program. Stop it, or choose another port with ${place.portVariable}.`,
      )
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      return err(`This machine has no address ${host}. Correct ${place.hostVariable}.`)
    if (code === 'EACCES')
      return err(`Port ${port} needs more rights. Choose one above 1023 with ${place.portVariable}.`)
    throw error
  }
}
