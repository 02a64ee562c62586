import type { Letter } from '../domain/letter.ts'
import { answerLine } from '../domain/notice-words.ts'
import type { OutreachStanding } from '../domain/outreach.ts'
import type { Internal, Public } from '../domain/public.ts'
import { publish } from '../domain/publish.ts'
import type { Language } from '../domain/settings.ts'

/**
 * Every mail that is sent, in one place. What customers may get is made of what may be told to them alone: the compiler
 * takes nothing `Internal` into it, and no mail goes to a customer that was not made here.
 */

export const forgottenLetter = (name: string, address: string): Public<Letter> =>
  publish({
    subject: 'Choose a new password',
    text: `Hello ${name},

somebody, probably you, asked for a new password for Causeway. Choose one here, within an hour:

${address}

If it was not you, do nothing: your password stays as it is.
`,
  })

/** To a colleague: by whom, and why. */
export const factorOffLetter = (
  name: string,
  by: Internal<string>,
  reason: Internal<string>,
): Internal<Letter> => ({
  subject: FACTOR_OFF,
  text: `Hello ${name},

${by} turned your second factor off, and signed you out everywhere. The reason they gave:

${reason}

If you did not ask for this, speak to them, and change your password. You can set a new second factor up in your
profile.
`,
})

/** To a customer: who of us it was and what they noted down about it stays with us. */
export const factorOffForCustomer = (name: string): Public<Letter> =>
  publish({
    subject: FACTOR_OFF,
    text: `Hello ${name},

our support turned your second factor off, and signed you out everywhere.

If you did not ask for this, write to our support, and change your password. You can set a new second factor up in your
profile.
`,
  })

/** What they read in the portal too. `answer` needs no signing in; `request`: what it stands on in the portal. */
export const noticeLetter = (
  notice: ToldNotice,
  address: { readonly answer: string; readonly request: string },
): Public<Letter> =>
  publish({
    subject: NOTICE_SUBJECTS[notice.standing][notice.language](`${notice.product} ${notice.release}`),
    text: `${notice.text}

${answerLine(notice.standing, notice.language)}

${address.answer}

${IN_PORTAL[notice.language]}

${address.request}
`,
  })

export interface ToldNotice {
  readonly standing: OutreachStanding
  readonly language: Language
  readonly product: string
  readonly release: string
  readonly text: string
}

/** Of what was reported and of what was wished for alike: the words say which. */
const NOTICE_SUBJECTS = {
  'has it': {
    en: (release: string) => `Your request: ${release} has it`,
    de: (release: string) => `Ihre Anfrage: ${release} bringt es`,
  },
  'must upgrade': {
    en: (release: string) => `Your request: ${release} is out, with it`,
    de: (release: string) => `Ihre Anfrage: ${release} ist erschienen und bringt es`,
  },
  'gets it': {
    en: (release: string) => `Your request: ${release} will have it`,
    de: (release: string) => `Ihre Anfrage: ${release} wird es bringen`,
  },
} as const satisfies Record<OutreachStanding, Record<Language, (release: string) => string>>

const IN_PORTAL = {
  en: 'Your request in the portal:',
  de: 'Ihre Anfrage im Portal:',
} as const satisfies Record<Language, string>

const FACTOR_OFF = 'Your second factor was turned off'

export const testLetter = (): Letter => ({
  subject: 'A test mail from Causeway',
  text: `Hello,

this is the test mail you asked for in the settings of Causeway. That you read it means that mails arrive.
`,
})
