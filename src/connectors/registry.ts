import type { Connector } from '../sync/connector.ts'
import { demoDesk, demoTracker } from './demo/index.ts'
import { redmine } from './redmine/index.ts'
import { requestTracker } from './request-tracker/index.ts'
import { rest } from './rest/index.ts'

/** Every kind of tool we speak to: adding a connector is one line. */
export const connectors: readonly Connector[] = [requestTracker, redmine, rest, demoDesk, demoTracker]

export const findConnector = (id: string): Connector | undefined =>
  connectors.find((connector) => connector.id === id)
