import { afterAll } from 'vitest'
import { openTestApi } from '../support/api.ts'
import { describeConformance } from './conformance.ts'
import { causewayItselfSubject } from './subjects/causeway-itself.ts'

// what is pretended elsewhere, asked of the true one: the two must not drift apart
const api = await openTestApi()
const url = await api.server.app.listen({ port: 0, host: '127.0.0.1' })
afterAll(() => api.close())

await describeConformance('causeway, with a true one', () => causewayItselfSubject(api, url), [
  'creating: a lost answer is unknown, and the one item is found by reading back',
  'creating: an unknown person is refused and the field named, or is shown as not taken',
  'updating: what replaced only what had been read is not called overwritten',
  'status: a word out of reach is refused, and the status stays',
  'pulling: a list that fails is a fault, never an empty page',
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'commenting: a lost answer is unknown, and reading shows the one comment',
  'attaching: a download that breaks off is a fault, never a shorter file',
  'attaching: a file over the limit is refused, and nothing is attached',
  'attaching: a lost answer is unknown, and reading shows the one file',
  'linking: a link is added once and taken away, and links of people stay',
  'gone: a deleted item is gone, for reading and for writing',
  'failing: a refused connection is down, and nothing was written',
  'failing: an update whose answer is lost is unknown, though it happened',
  'failing: half an answer is a fault for a read and unknown for a write',
  'failing: a server error is down for a read and never "not done" for a write',
  'failing: refused credentials wait for a person',
  'failing: a page where JSON should be is a fault, and unknown for a write',
  'failing: a million brackets are a fault, and unknown for a write',
  'failing: a gigabyte of answer is a fault, and unknown for a write',
  'failing: 429 says when to come again, and nothing was written',
  'failing: one call a push, no retry inside, for a refused write',
  'ringing: who posts no webhooks says so in the capabilities',
])
