import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { changeSettings } from '../../commands/change-settings.ts'
import { sendTestMail, TEST_MAIL } from '../../commands/send-test-mail.ts'
import type { Settings as SettingsValue } from '../../domain/settings.ts'
import { accountById } from '../../store/accounts.ts'
import { lastMailTo, sealForStaff } from '../../store/outgoing-mail.ts'
import { readSettings } from '../../store/settings.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { testLetter } from '../letters.ts'
import { NoContent } from '../shapes.ts'
import { iso, isoOrNull } from '../times.ts'
import { Settings, SettingsChange, TestMail } from './schema.ts'

const tags = ['settings']

/** What the organisation decides, and what was decided where Causeway is started. */
export const settingsRoutes = (app: App, deps: ApiDeps): void => {
  const present = presentSettings(deps)
  app.get(
    '/api/v1/settings',
    {
      config: { access: 'settings.read' },
      schema: { tags, summary: 'Settings of the organisation', response: { 200: Settings } },
    },
    async () => present(await read(deps, readSettings)),
  )
  app.patch(
    '/api/v1/settings',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Decide something for the organisation',
        body: SettingsChange,
        response: { 200: Settings },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeSettings,
        input: request.body,
        present: async (_tx, value) => present(value),
      }),
  )

  const addressOf = async (request: FastifyRequest): Promise<string | null> => {
    const { accountId } = callerOfRequest(request)
    return accountId === null ? null : ((await accountById(deps.runner.db, accountId))?.email ?? null)
  }
  app.get(
    '/api/v1/settings/test-mail',
    {
      config: { access: 'settings.write' },
      schema: { tags, summary: 'What became of one’s last test mail', response: { 200: TestMail } },
    },
    async (request) => {
      const to = await addressOf(request)
      const last = to === null ? null : await read(deps, (tx) => lastMailTo(tx, to, TEST_MAIL))
      return {
        to,
        last:
          last === null
            ? null
            : { askedAt: iso(last.asked_at), endedAt: isoOrNull(last.ended_at), fault: last.fault },
      }
    },
  )
  app.post(
    '/api/v1/settings/test-mail',
    {
      config: { access: 'settings.write' },
      schema: {
        tags,
        summary: 'Send a mail to oneself, to see whether it arrives',
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      if (deps.config.smtp === null)
        return sendProblem(
          reply,
          problem('wrong-state', 'No mails are sent here: set CAUSEWAY_SMTP_URL and CAUSEWAY_MAIL_FROM.', {
            reason: { code: 'no-mail' },
          }),
        )
      const to = await addressOf(request)
      if (to === null)
        return sendProblem(
          reply,
          problem('wrong-state', 'A token has no address to send a mail to.', {
            reason: { code: 'no-account' },
          }),
        )
      return answer(deps, request, reply, {
        command: sendTestMail,
        input: { to, seal: (mailId) => sealForStaff(deps.master, mailId, testLetter()) },
        present: async () => null,
        status: 204,
      })
    },
  )
}

const presentSettings =
  ({ config, identityProvider, engine, version }: ApiDeps) =>
  (settings: SettingsValue): Static<typeof Settings> => ({
    ...settings,
    secondFactorFor: [...settings.secondFactorFor],
    environment: {
      publicUrl: config.publicUrl,
      // the address may hold a password: only the host is shown
      mail:
        config.smtp === null
          ? null
          : { server: URL.parse(config.smtp.url)?.host ?? '', from: config.smtp.from },
      provider: identityProvider?.name ?? null,
      database: engine,
      uploadMaxBytes: config.uploadMaxBytes,
      version,
    },
  })
