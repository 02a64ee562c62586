import { addComment } from '../commands/add-comment.ts'
import { createContact } from '../commands/create-contact.ts'
import { createTicket } from '../commands/create-ticket.ts'
import { escalateTicket } from '../commands/escalate-ticket.ts'
import { joinEscalation } from '../commands/join-escalation.ts'
import { applyCommand, type Command, type CommandContext } from '../commands/run-command.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { codecs } from '../sync/rich-text/index.ts'

const words = (text: string) => codecs.markdown.read(text)

interface Sample {
  readonly title: string
  readonly text: string
  readonly contact: string
  readonly product: string
  readonly component: string
  readonly severity: 'critical' | 'high' | 'medium' | 'low'
  readonly owner: string
  /** Of whoever asked for the samples, so that their own list is not empty. */
  readonly isMine?: true
  /** Sent to engineering; a number: joins the one that was sent by that sample. */
  readonly escalate?: true | number
  readonly reply?: string
}

const SAMPLES: readonly Sample[] = [
  {
    title: 'Alerts arrive an hour late since the clocks changed',
    text: 'All our alerts of this week came exactly **60 minutes late**. Before Sunday they came at once.',
    contact: 'maria@northwind.example',
    product: 'beacon',
    component: 'alerts',
    severity: 'high',
    owner: 'ada@demo.example',
    escalate: true,
    reply: 'Thank you, Maria. I can see it on our side too. You hear from me as soon as there is a fix.',
  },
  {
    title: 'Late alerts at night',
    text: 'Our night shift gets alerts an hour after the fact.',
    contact: 'jon@fabrikam.example',
    product: 'beacon',
    component: 'alerts',
    severity: 'critical',
    owner: 'ben@demo.example',
    escalate: 0,
  },
  {
    title: 'Weekly report shows last week twice',
    text: 'The report of Monday has the same figures as the one before, line by line.',
    contact: 'lee@tailspin.example',
    product: 'beacon',
    component: 'reports',
    severity: 'medium',
    owner: 'ada@demo.example',
    isMine: true,
  },
  {
    title: 'How do I add a second approver?',
    text: 'We want two people to approve an invoice. Where is that set?',
    contact: 'maria@northwind.example',
    product: 'portal',
    component: 'billing',
    severity: 'low',
    owner: 'ben@demo.example',
    reply: 'Under *Settings → Approvals*. Does that help?',
  },
  {
    title: 'Sign-in fails for users with an umlaut in their name',
    text: '1. Sign in as `jörg@fabrikam.example`\n2. The page answers "unknown user"\n\nEverybody else can sign in.',
    contact: 'jon@fabrikam.example',
    product: 'portal',
    component: 'login',
    severity: 'high',
    owner: 'ada@demo.example',
    isMine: true,
    escalate: true,
  },
]

const CONTACTS = [
  { customer: 'northwind', name: 'Maria Moreno', email: 'maria@northwind.example' },
  { customer: 'fabrikam', name: 'Jon Jansen', email: 'jon@fabrikam.example' },
  { customer: 'tailspin', name: 'Lee Larsson', email: 'lee@tailspin.example' },
] as const

/** Contacts, and a few tickets at different points of the road. All or nothing. */
export const makeSampleTickets: Command<{ readonly me: string | null }, null> = async (
  tx,
  context,
  { me },
) => {
  const run = runIn(tx, context)
  for (const contact of CONTACTS) {
    const made = await run(createContact, contact)
    if (!made.ok) return made
  }
  const sent = new Map<number, string>()
  for (const [index, sample] of SAMPLES.entries()) {
    const owner = sample.isMine === true && me !== null ? me : sample.owner
    const made = await makeOne(run, { ...sample, owner }, sent)
    if (!made.ok) return made
    if (made.value !== null) sent.set(index, made.value)
  }
  return ok({ value: null, events: [], changed: [] })
}

type Run = ReturnType<typeof runIn>
const runIn =
  (tx: Tx, context: CommandContext) =>
  <I, T>(command: Command<I, T>, input: I): Promise<Result<T, Refusal>> =>
    applyCommand(tx, context, command, input)

/** The key of the work item it was sent as, or null. */
const makeOne = async (
  run: Run,
  sample: Sample,
  sent: ReadonlyMap<number, string>,
): Promise<Result<string | null, Refusal>> => {
  const { text, reply, escalate, isMine: _, ...fields } = sample
  const ticket = await run(createTicket, { ...fields, description: words(text) })
  if (!ticket.ok) return ticket
  if (reply !== undefined) {
    const said = await run(addComment, {
      record: { kind: 'ticket' as const, ref: ticket.value.id },
      body: words(reply),
      audience: 'everyone' as const,
    })
    if (!said.ok) return said
  }
  if (escalate === undefined) return ok(null)
  const bond =
    escalate === true
      ? await run(escalateTicket, { ticket: ticket.value.id })
      : await run(joinEscalation, { ticket: ticket.value.id, workItem: sent.get(escalate) ?? '' })
  return bond.ok ? ok(bond.value.workItem.key) : bond
}
