import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenIdProvider, startOpenIdProvider } from '../support/openid-provider.ts'
import { findBarriers } from './support/axe.ts'
import { useBrowsers, useStory } from './support/browsers.ts'
import { type Mailbox, openMailbox } from './support/mailbox.ts'
import { type Program, startProgram } from './support/program.ts'

const FIRST = 'seven quiet harbours at dawn'
const SECOND = 'nine louder harbours at dusk'
const THIRD = 'eleven harbours without a boat'
const EMAIL = 'olga@harbour.example'

/** What a refusal of the sign-in looks like in the console: asked for on purpose here. */
const REFUSED = [
  /status of (401|403|422|429) .*\/api\/v1\/(session|setup|password|second-factor\S*)$/,
  // the provider's own pages would like a type face and a picture
  /fonts\.googleapis\.com|status of 404 .*\/favicon\.ico$/,
]

describe('getting in', () => {
  const browsers = useBrowsers()
  useStory()
  let program: Program
  let provider: OpenIdProvider
  let mails: Mailbox
  let owner: Page
  let secret = ''
  let recovery: readonly string[] = []
  const code = (aheadS = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + aheadS * 1000 })

  beforeAll(async () => {
    mails = await openMailbox()
    program = await startProgram({
      env: async (url) => {
        provider = await startOpenIdProvider(`${url}/api/v1/sign-in/provider/back`)
        return {
          CAUSEWAY_OIDC_ISSUER: provider.issuer,
          CAUSEWAY_OIDC_CLIENT_ID: provider.client.id,
          CAUSEWAY_OIDC_CLIENT_SECRET: provider.client.secret,
          CAUSEWAY_OIDC_NAME: 'Example ID',
          CAUSEWAY_ALLOW_HOSTS: new URL(provider.issuer).host,
          CAUSEWAY_SMTP_URL: mails.url,
          CAUSEWAY_MAIL_FROM: 'Support <support@harbour.example>',
        }
      },
    })
    provider.claims.set('olga-id', { email: EMAIL, email_verified: true, name: 'Olga' })
    provider.claims.set('stranger', { email: 'who@else.example', email_verified: true, name: 'Who' })
  })
  afterAll(async () => {
    await program?.stop()
    await provider?.close()
    await mails?.close()
  })

  const nobody = (path: string): Promise<Page> => browsers.open(program, null, path, { expected: REFUSED })
  const signIn = async (page: Page, password: string): Promise<void> => {
    await page.getByLabel('E-mail').fill(EMAIL)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  const inside = (page: Page): Promise<void> => page.getByRole('navigation', { name: 'Screens' }).waitFor()
  /** The provider's own two pages; at the second time it may still know who it is. */
  const atProvider = async (page: Page, login: string): Promise<void> => {
    await page.locator('input[name=login]').fill(login)
    await page.locator('input[name=password]').fill('any')
    await page.locator('button[type=submit]').click()
    const consent = page.getByRole('button', { name: 'Continue' })
    await Promise.race([consent.waitFor(), page.waitForURL(`${program.url}/**`)])
    if (!page.url().startsWith(program.url)) await consent.click()
  }

  it('begins in the browser, at the address that was printed', async () => {
    owner = await nobody(new URL(program.welcome).pathname + new URL(program.welcome).hash)
    await owner.getByLabel('Your name').fill('Olga Okafor')
    await owner.getByLabel('E-mail').fill(EMAIL)
    await owner.getByRole('textbox', { name: 'Password' }).fill('short')
    await owner.getByRole('button', { name: 'Create the owner' }).click()
    await owner.locator('input:invalid').waitFor()
    await owner.getByRole('textbox', { name: 'Password' }).fill(FIRST)
    await owner.getByRole('button', { name: 'Create the owner' }).click()
    await inside(owner)
    expect(owner.url(), 'the token in the address').not.toContain('token')
  })

  it('takes the printed address once only', async () => {
    const again = await nobody(new URL(program.welcome).pathname + new URL(program.welcome).hash)
    await again.getByRole('textbox', { name: 'Password' }).fill(FIRST)
    await again.getByRole('button', { name: /Save and sign in|Create the owner/ }).click()
    await again.getByRole('alert').first().waitFor()
    await again.context().close()
  })

  it('changes a password, and believes only who knows the one before', async () => {
    await owner.goto(`${program.url}/profile`)
    await owner.getByLabel('Password so far').fill('some other words of mine')
    await owner.getByLabel('New password').fill(SECOND)
    await owner.getByRole('button', { name: 'Change the password' }).click()
    await owner.getByRole('alert').first().waitFor()
    await owner.getByLabel('Password so far').fill(FIRST)
    await owner.getByRole('button', { name: 'Change the password' }).click()
    await owner.getByText('The password is changed').waitFor()
  })

  it('sets up a second factor, with codes for the day the phone is gone', async () => {
    await owner.getByRole('button', { name: 'Turn on' }).click()
    await owner.getByLabel('Your password, to begin').fill(SECOND)
    await owner.getByRole('button', { name: 'Next' }).click()
    secret = await owner.getByLabel('Or type this key into the app').inputValue()
    await owner.getByLabel('Code').fill('000000')
    await owner.getByRole('button', { name: 'Turn on' }).click()
    await owner.getByRole('alert').first().waitFor()
    await owner.getByLabel('Code').fill(code())
    await owner.getByRole('button', { name: 'Turn on' }).click()
    await owner.getByText('Your recovery codes').waitFor()
    recovery = await owner.locator('.on-paper li').allInnerTexts()
    expect(recovery).toHaveLength(10)
    expect(await findBarriers(owner)).toEqual([])
    await owner.getByRole('button', { name: 'I have kept them' }).click()
    await owner.getByText('10 recovery codes left').waitFor()
  })

  it('asks for the second factor, and leads back to where one wanted to go', async () => {
    const page = await nobody('/people')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(page, SECOND)
    await page.getByLabel('Code').fill(recovery[0] ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'People' }).waitFor()
    await owner.reload()
    await owner.getByText('9 recovery codes left').waitFor()
    await owner
      .getByRole('button', { name: /Sign out there/ })
      .first()
      .click()
    await owner.getByText('That session has ended.').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.context().close()
  })

  it('links a single sign-on, and lets one in by it', async () => {
    await owner.goto(`${program.url}/profile`)
    await owner.getByRole('link', { name: 'Link with Example ID' }).click()
    await atProvider(owner, 'olga-id')
    await owner.getByText('Linked', { exact: true }).waitFor()
    const page = await nobody('/teams')
    await page.getByRole('link', { name: 'Continue with Example ID' }).click()
    await atProvider(page, 'olga-id')
    await page.getByRole('heading', { name: 'Teams', exact: true }).waitFor()
    await page.context().close()
  })

  it('turns away whom the provider knows and we do not', async () => {
    const page = await nobody('/sign-in')
    await page.getByRole('link', { name: 'Continue with Example ID' }).click()
    await atProvider(page, 'stranger')
    await page.getByText('That sign-in did not work').waitFor()
    await page.context().close()
  })

  it('sends a mail to who forgot their password, which still is not enough without the second factor', async () => {
    const page = await nobody('/sign-in')
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    // the screen before has a field of the same name
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor()
    await page.getByLabel('E-mail').fill(EMAIL)
    await page.getByRole('button', { name: 'Send the mail' }).click()
    await page.getByText('The mail is on its way').waitFor()
    await page.goto(await mails.link(/http\S+welcome#token=[\w-]+/))
    await page.getByRole('textbox', { name: 'Password' }).fill(THIRD)
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await page.getByLabel('Code').fill(code(30))
    await page.getByRole('button', { name: 'Save and sign in' }).click()
    await inside(page)
    await page.context().close()
  })

  it('locks the door after wrong passwords, also for the right one, and says for how long', async () => {
    const page = await nobody('/sign-in')
    const refused = page.getByRole('alert').first()
    for (let tries = 0; tries < 12; tries += 1) {
      const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/session'))
      await signIn(page, 'a wrong one with many words')
      if ((await answered).status() === 429) break
    }
    await refused.filter({ hasText: /\d+ seconds/ }).waitFor()
    await signIn(page, THIRD)
    await refused.filter({ hasText: /\d+ seconds/ }).waitFor()
    await page.context().close()
  })
})
