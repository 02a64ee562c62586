/**
 * Why a field waits, and what to do about it: each cause once, with gaps for what differs. What is stored and answered
 * is the cause with its values, so that a screen says it in the reader's language; these are the English words, which
 * the API and the command line say.
 */
type Values = Readonly<Record<string, string>>
export interface HoldWords {
  readonly reason: (values: Values) => string
  readonly nextStep: (values: Values) => string
}

const words = (
  reason: HoldWords['reason'] | string,
  nextStep: HoldWords['nextStep'] | string,
): HoldWords => ({
  reason: typeof reason === 'string' ? () => reason : reason,
  nextStep: typeof nextStep === 'string' ? () => nextStep : nextStep,
})

export const HOLD_WORDS = {
  'not-taken': words(
    ({ toolField }) => `The tool answered well, yet still shows the old value of ${toolField}.`,
    'Check the rights of the account, the workflow and the allowed values there.',
  ),
  'no-transition': words(
    ({ from, to }) => `The tool allows no way from “${from}” to “${to}” for our account.`,
    ({ state }) => `Allow the move in the tool's workflow, or change the status rule for “${state}”.`,
  ),
  'unknown-status': words(
    ({ status }) => `The tool shows the status “${status}”, which the mapping does not name.`,
    ({ status }) => `Add “${status}” to the statuses of the mapping.`,
  ),
  breaker: words(
    'This field went back and forth too often within ten minutes: somebody or something in the tool keeps changing what we write.',
    'Find out what writes it there; make the field go one way only, or settle its value, then sync again.',
  ),
  'file-visibility': words(
    ({ name }) => `The tool does not say who may see the file “${name}”, so it is not passed on.`,
    'Attach it again to a comment whose visibility is known.',
  ),
  'file-too-large': words(
    ({ name, bytes, most }) => `“${name}” has ${bytes} bytes; the tool takes ${most}.`,
    'Share it by a link, or raise the limit of the tool and of the connection.',
  ),
  'file-cannot-withdraw': words(
    ({ name }) =>
      `“${name}” is no longer meant for the readers of the tool, which does not let us delete files.`,
    'Remove it there by hand, then settle this here.',
  ),
  'value-unknown-here': words(
    ({ toolField, value, field }) =>
      `${toolField} “${value}” has no counterpart here in the value map of ${field}.`,
    ({ value, field }) => `Add “${value}” to the values of ${field} in the mapping.`,
  ),
  'value-unknown-there': words(
    ({ value, field }) => `${field} “${value}” has no counterpart there in the value map of ${field}.`,
    ({ value, field }) => `Add “${value}” to the values of ${field} in the mapping.`,
  ),
  'person-unknown-here': words(
    ({ toolField, value }) => `${toolField} names “${value}” there, and no e-mail is known for that account.`,
    ({ value }) => `Add “${value}: their e-mail” to the people of the mapping.`,
  ),
  'person-unknown-there': words(
    ({ value }) => `${value} has no account there that we know of, or several of the same e-mail.`,
    'Say in the people of the mapping which account is theirs, or invite the person there.',
  ),
  'cannot-write': words(
    ({ toolField }) => `The tool does not let us write ${toolField}.`,
    ({ field }) => `Make ${field} come in only, or map it to a field that can be written.`,
  ),
  'not-shown': words(
    ({ toolField }) => `The other side does not show us ${toolField}, so what stands here stays as it is.`,
    ({ field }) => `Ask them to share it, or take ${field} out of the mapping.`,
  ),
  'comment-visibility': words(
    'The tool does not say who may see this comment, so it is not passed on.',
    'Set its visibility in the tool, or write it again.',
  ),
  'comment-widened': words(
    ({ audience }) =>
      `Somebody made our ${audience} comment public in the tool; its audience here stays ${audience}.`,
    'Make it internal there again, or change its audience here.',
  ),
  'comment-stays-public': words(
    ({ audience }) =>
      `This comment was written in the tool, where it stays public; here it is for ${audience} now.`,
    'Change its visibility in the tool; it is followed here.',
  ),
  'comment-stays-internal': words(
    ({ audience }) =>
      `This comment was written in the tool, where it stays internal; here it is for ${audience} now.`,
    'Change its visibility in the tool; it is followed here.',
  ),
  'comment-cannot-withdraw': words(
    'This comment is no longer meant for the readers of the tool, which lets nobody change or delete comments.',
    'Remove it there by hand (an administrator can), then settle this here.',
  ),
  'refused-by-tool': words(
    ({ detail }) => `The tool refused it: ${detail}`,
    'Correct the value here or allow it in the tool; it is tried again by itself.',
  ),
  'item-stuck': words(
    ({ times, detail }) => `This item failed ${times} times for a reason of its own: ${detail}`,
    'Correct what the reason names, then “causeway sync”. It is tried again every five minutes.',
  ),
  'item-stuck-ours': words(
    ({ times, detail }) => `This item failed ${times} times for a reason of its own: ${detail}`,
    'Report it with the lines of the log about this item. It is tried again every five minutes.',
  ),
  'create-unknown': words(
    'The answer to making this item was lost, and the tool has no way to tell whether it was made.',
    'Look in the tool. If it is there, connect it with “causeway connect”; if not, “causeway sync … --create-again”.',
  ),
  'refused-here': words(
    ({ detail = '…' }) => detail,
    'Correct the value in the tool, or its counterpart here.',
  ),
  'rule-refused': words(
    ({ detail = '…' }) => detail,
    'Do what the refusal says, then sync again; or change the rule.',
  ),
} as const satisfies Readonly<Record<string, HoldWords>>

export type HoldCause = keyof typeof HOLD_WORDS

/** As it is stored and answered. */
export interface ToldHold {
  readonly code: HoldCause
  readonly values: Values
}

export const sayHold = (
  code: HoldCause,
  values: Values = {},
): { readonly reason: string; readonly nextStep: string; readonly told: ToldHold } => ({
  reason: HOLD_WORDS[code].reason(values),
  nextStep: HOLD_WORDS[code].nextStep(values),
  told: { code, values },
})
