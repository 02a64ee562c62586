import type { Checkout } from '../support/git-checkout.ts'
import type { GitServer } from '../support/git-server.ts'
import type { Causeway } from './causeway.ts'
import type { DeskPerson } from './desk.ts'
import type { Ledger } from './ledger.ts'
import type { RealServer } from './real-tools.ts'
import type { TrackerPerson } from './tracker.ts'

/** Everybody and everything in the story. */
export interface World {
  readonly rt: RealServer
  readonly redmine: RealServer
  readonly causeway: Causeway
  /** Ada, who answers customers. */
  readonly agent: DeskPerson
  /** Carl, a customer with an account in RT. */
  readonly customer: DeskPerson
  /** Dora, who fixes things. */
  readonly engineer: TrackerPerson
  readonly trackerAdmin: TrackerPerson
  /** Engineering's repository, and git itself serving it. */
  readonly git: { readonly checkout: Checkout; readonly served: GitServer; readonly folder: string }
  readonly ledger: Ledger
  readonly say: (line: string) => void
  /** Different in each run, so that a folder can be used again. */
  readonly run: string
}

export interface Step {
  readonly name: string
  readonly title: string
  readonly play: (world: World) => Promise<void>
}
