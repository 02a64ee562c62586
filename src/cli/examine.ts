import type { Config } from '../config.ts'
import type { Call } from './cli-command.ts'
import { database, disk, folder, holder, key, node } from './examine-machine.ts'
import { running } from './examine-server.ts'
import type { Finding } from './finding.ts'

/** Everything that is looked at, in the order in which a start would meet it. */
export const examine = async (config: Config, call: Pick<Call, 'api'>): Promise<readonly Finding[]> => [
  node(),
  folder(config),
  holder(config),
  await disk(config),
  key(config),
  ...(await database(config)),
  ...(await running(config, call)),
]
