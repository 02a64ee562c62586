import type { CliCommand } from './cli-command.ts'
import { applyCommand } from './commands/apply.ts'
import { backupCommand } from './commands/backup.ts'
import { bugOrFeatureCommand } from './commands/bug-or-feature.ts'
import { CAUSE_STEPS, causesCommand } from './commands/causes.ts'
import {
  changesCommand,
  closeChangeCommand,
  gateCommand,
  openChangeCommand,
  startChangeCommand,
} from './commands/changes.ts'
import { conflictsCommand, listConflictsCommand, settleCommand } from './commands/conflicts.ts'
import { connectCommand } from './commands/connect.ts'
import { checkCommand, pauseCommand, resumeCommand } from './commands/connections.ts'
import { newContactCommand } from './commands/contacts.ts'
import { deploymentsCommand, recordDeploymentCommand } from './commands/deployments.ts'
import { doctorCommand } from './commands/doctor.ts'
import { bookCommand, environmentsCommand } from './commands/environments.ts'
import { exportCommand } from './commands/export.ts'
import { holdsCommand } from './commands/holds.ts'
import { migrateCommand } from './commands/migrate.ts'
import { outreachCommand, outreachReportCommand, sendOutreachCommand } from './commands/outreach.ts'
import { billCommand, packagesCommand } from './commands/packages.ts'
import { goLiveCommand, releaseNotesCommand } from './commands/release-ways.ts'
import {
  estimateReleaseCommand,
  newReleaseCommand,
  outCommand,
  releasesCommand,
} from './commands/releases.ts'
import {
  followRepositoryCommand,
  readRepositoriesCommand,
  repositoriesCommand,
} from './commands/repositories.ts'
import { restoreCommand } from './commands/restore.ts'
import { signInCommand } from './commands/sign-in.ts'
import { startCommand } from './commands/start.ts'
import { statusCommand } from './commands/status.ts'
import { syncCommand } from './commands/sync.ts'
import { syncReleasesCommand } from './commands/sync-releases.ts'
import { TICKET_STEPS } from './commands/ticket-steps.ts'
import { newTicketCommand, showTicketCommand, ticketsCommand } from './commands/tickets.ts'
import { createTokenCommand, revokeTokenCommand, tokensCommand } from './commands/tokens.ts'
import { undoCommand } from './commands/undo.ts'
import { whyCommand } from './commands/why.ts'
import { decideWishCommand, wishesCommand } from './commands/wishes.ts'
import { setWorkCommand, showWorkCommand, WORK_STEPS, workCommand } from './commands/work.ts'

/** Everything the command line can do: adding a command is one line. */
export const COMMANDS: readonly CliCommand[] = [
  startCommand,
  ticketsCommand,
  showTicketCommand,
  newTicketCommand,
  ...TICKET_STEPS,
  bugOrFeatureCommand,
  workCommand,
  showWorkCommand,
  setWorkCommand,
  ...WORK_STEPS,
  releasesCommand,
  newReleaseCommand,
  estimateReleaseCommand,
  outCommand,
  releaseNotesCommand,
  goLiveCommand,
  syncReleasesCommand,
  billCommand,
  packagesCommand,
  environmentsCommand,
  bookCommand,
  causesCommand,
  ...CAUSE_STEPS,
  wishesCommand,
  decideWishCommand,
  outreachCommand,
  sendOutreachCommand,
  outreachReportCommand,
  deploymentsCommand,
  recordDeploymentCommand,
  repositoriesCommand,
  followRepositoryCommand,
  readRepositoriesCommand,
  changesCommand,
  openChangeCommand,
  gateCommand,
  startChangeCommand,
  closeChangeCommand,
  newContactCommand,
  statusCommand,
  applyCommand,
  exportCommand,
  whyCommand,
  syncCommand,
  holdsCommand,
  conflictsCommand,
  listConflictsCommand,
  settleCommand,
  undoCommand,
  connectCommand,
  pauseCommand,
  resumeCommand,
  checkCommand,
  signInCommand,
  tokensCommand,
  createTokenCommand,
  revokeTokenCommand,
  backupCommand,
  restoreCommand,
  migrateCommand,
  doctorCommand,
]
