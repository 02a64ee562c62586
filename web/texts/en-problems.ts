import type { KnownProblems, ReasonWords, RefusedWords } from './shape.ts'

/** In English the server's own sentence is the most exact; only titles are ours. */
const theirs = (title: string) => ({ title, detail: null })

const problems: KnownProblems = {
  offline: {
    title: 'The server cannot be reached',
    detail: 'Check your connection. What you typed is still here; try again when you are back.',
  },
  unreadable: {
    title: 'The answer could not be read',
    detail: 'Something between you and the server answered instead of it. Try again in a moment.',
  },
  fault: theirs('This page has a fault'),
  'sign-in-refused': theirs('That was not right'),
  'second-factor-needed': theirs('The code of the second factor is missing'),
  'second-factor-required': theirs('A second factor comes first'),
  'too-many-requests': theirs('Too many tries'),
  'changed-meanwhile': {
    title: 'Somebody changed this meanwhile',
    detail: 'You see their change now. Look whether yours is still needed, and make it again.',
  },
  malformed: theirs('The request cannot be read'),
  unauthenticated: theirs('You are signed out'),
  'not-allowed': theirs('Your role does not allow this'),
  'not-found': theirs('Not found'),
  'already-done': theirs('This was done already'),
  'wrong-state': theirs('Not in this state'),
  'sharing-ended': theirs('The sharing has ended'),
  'in-use': theirs('That is taken already'),
  'still-running': theirs('The first request still runs'),
  'too-large': theirs('That is too large'),
  'unsupported-type': theirs('This kind of content is not accepted'),
  invalid: theirs('A value is not valid'),
  'no-route': theirs('No route leads to engineering'),
  'idempotency-key-reused': theirs('This was sent with the key of something else'),
  internal: theirs('A fault of the server'),
  'storage-full': theirs('The disk is nearly full'),
  'database-unavailable': theirs('The database cannot be reached'),
  'too-busy': theirs('The server is busy'),
}
export const enProblems: RefusedWords = problems

export const enReasons: ReasonWords = {
  'grant-deciders': () => 'Owners and admins decide who may do what. Ask one of them.',
  'grant-owners': () => 'Only an owner decides about owners.',
  'grant-self': () => 'Nobody gives a role to themselves. Ask another admin.',
  'token-beyond-maker': ({ role }) => `You do not have the role ${role}, so no token of yours has it.`,
  'token-beyond-holder': ({ role }) => `Whom the token stands for does not have the role ${role}.`,
  'password-short': () =>
    'A password has at least 12 characters; a few words that do not belong together are easy to keep in mind.',
  'password-long': () => 'A password has at most 200 characters.',
  'password-plain': () => 'This password has too few different characters.',
  'password-known': () => 'This password is too near to a name or an address of yours.',
  'wrong-password': () => 'This is not your password.',
  'wrong-code': () => 'This code is wrong, used or too old. Is the phone’s clock right?',
  'spent-token': () => 'This link is unknown, used or too old. Ask for a new one.',
  'no-account': () => 'You came with a token, which has no account.',
  'no-mail': () => 'This Causeway sends no mails.',
  'too-many-mails': () => 'You sent several of these within the hour. Wait a while.',
  'own-second-factor': () => 'Turn your own second factor off in your profile, with your password.',
  'no-second-factor': () => 'They have no second factor that is on.',
  'hub-not-empty': () =>
    'Sample data is for a Causeway with no products, customers, tickets or work items yet.',
  'no-sample': () => 'The sample data is gone already.',
  'sample-in-use': ({ names }) =>
    `A sample team owns parts of yours: ${names}. Give them a team of yours first.`,
  'undo-no-mirror': () => 'Its item in the tool is not kept in step any more.',
  'undo-nothing': () =>
    'Nothing of it stands any more: every field was changed since, or is a status, which is never put back.',
  'not-escalated': ({ ticket }) => `${ticket} is not with engineering.`,
  'file-not-withheld': () => 'This file is not held back: engineering has it, or it came later.',
  'element-taken': () => 'That comment or file stands for another one here already.',
  'item-taken': () => 'That item stands for another record already.',
  'say-which-item': () => 'Say which item there it is: its id, as the tool numbers it.',
  'looked-at-now': () => 'It is being looked at this very moment. Ask again in a few seconds.',
  'environment-booked': ({ environment, by, purpose }) =>
    `${by} has ${environment} at that time, for “${purpose}”. Choose another time.`,
}
