import type { RefusedWords } from './shape.ts'

export const enProblems: RefusedWords = {
  offline: {
    title: 'The server cannot be reached',
    detail: 'Check your connection. What you typed is still here; try again when you are back.',
  },
  unreadable: {
    title: 'The answer could not be read',
    detail: 'Something between you and the server answered instead of it. Try again in a moment.',
  },
  fault: { title: 'This page has a fault', detail: null },
  'sign-in-refused': { title: 'That was not right', detail: null },
  'second-factor-needed': { title: 'The code of the second factor is missing', detail: null },
  'too-many-requests': { title: 'Too many tries', detail: null },
  'changed-meanwhile': {
    title: 'Somebody changed this meanwhile',
    detail: 'You see their change now. Look whether yours is still needed, and make it again.',
  },
}
