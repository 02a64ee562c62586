import { join } from 'node:path'
import { noticeSealer } from '../api/notice-sealer.ts'
import { addressToAnswer } from '../api/told/mark.ts'
import type { CommandRunner } from '../commands/run-command.ts'
import type { HeardSignal } from '../commands/work-signal.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../lib/clock.ts'
import { openMailer } from '../mail/mailer.ts'
import type { Blobs } from '../store/blobs.ts'
import type { MasterKey } from '../store/secrets.ts'
import { type MailLoop, startMailing } from '../worker/send-mails.ts'
import { startWorker, type Worker } from '../worker/start-worker.ts'
import { type OutreachLoop, startOutreach } from '../worker/tell-customers.ts'
import type { Log } from './log.ts'

/** Reconciles at once per connection: a tool people work in stays quick for them. */
const SLOTS = 16
/** Polls, sweeps and what another process committed are seen within this time. */
const IDLE_MS = 1_000

/** Commits and trees of the largest histories there are, in one go. */
const MOST_FETCHED = 4 * 1024 ** 3
/** A server that sends a little now and then would else keep every other repository waiting. */
const LONGEST_FETCH_MS = 3_600_000

export interface WorkParts {
  readonly runner: CommandRunner & { readonly signal: HeardSignal }
  readonly blobs: Blobs
  readonly masterKey: MasterKey
  readonly config: Config
  /** Where the web role of this process listens; null without it. */
  readonly listensAt: string | null
}

const reachedAt = (config: Config, listensAt: string | null): string =>
  config.publicUrl ?? listensAt ?? `http://${config.host}:${config.port}`

/** The worker role of this process. */
export const startWork = ({ runner, blobs, masterKey, config, listensAt }: WorkParts, log: Log): Worker =>
  startWorker(
    {
      runner,
      blobs,
      masterKey,
      clock: systemClock,
      publicUrl: reachedAt(config, listensAt),
      callbackUrl: config.publicUrl,
      maxFileBytes: config.uploadMaxBytes,
      allowPrivate: config.allowHosts,
      copies: {
        ...{ folder: join(config.dataDir, 'repositories'), path: config.searchPath },
        ...{ maxBytes: MOST_FETCHED, maxMs: LONGEST_FETCH_MS },
      },
      leaseClock: 'database',
      log: (level, message, data) => log[level](data ?? {}, message),
      crashPoint: () => {},
    },
    { slots: SLOTS, idleMs: IDLE_MS },
  )

/** Tells customers of releases that reach them, beside the worker. */
export const startTelling = ({ runner, masterKey, config, listensAt }: WorkParts, log: Log): OutreachLoop =>
  startOutreach({
    runner,
    log: (level, message, data) => log[level](data ?? {}, message),
    answerAt: config.publicUrl === null ? null : addressToAnswer(masterKey, config.publicUrl),
    seal: config.smtp === null ? null : noticeSealer(masterKey, reachedAt(config, listensAt)),
  })

/** Sends mails, beside the worker; null where no mail server is named. */
export const startMails = ({ runner, masterKey, config }: WorkParts, log: Log): MailLoop | null =>
  config.smtp === null
    ? null
    : startMailing({
        runner,
        masterKey,
        mailer: openMailer(config.smtp),
        log: (level, message, data) => log[level](data ?? {}, message),
      })
