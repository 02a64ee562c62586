import { isSeenBy } from '../domain/audience.ts'
import { careEnds, onDuty } from '../domain/hyper-care.ts'
import { jumpText, jumpTitle, onRota } from '../domain/hyper-care-words.ts'
import { partyOf } from '../domain/party.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { insertJump, lockJump, noteIncident, setDismissed } from '../store/contacts-jump.ts'
import type { Tx } from '../store/database.ts'
import { dutiesOf, goLiveRules } from '../store/go-live.ts'
import { findColleagues } from '../store/mentions.ts'
import { findProduct } from '../store/organisation.ts'
import { lockRelease, type Release } from '../store/releases.ts'
import { readSettings } from '../store/settings.ts'
import { insertTicketLink } from '../store/ticket-links.ts'
import { type ComponentContacts, contactsAfter, latestContacts } from '../store/views/hyper-care.ts'
import { plainText } from '../sync/rich-text/plain.ts'
import { addComment } from './add-comment.ts'
import { createTicket } from './create-ticket.ts'
import { done, type Effects, together, unknown } from './outcome.ts'
import { applyCommand, type Command, type CommandContext } from './run-command.ts'

interface OfRelease {
  /** Id. */
  readonly release: string
}

/** So many of the contacts are linked to the incident; its text says how many there are. */
const MOST_LINKED = 20

/**
 * Looks at the contacts after a release came out. Where those of a component jumped, and nobody was told yet, an incident
 * is raised with the release as suspect, for staff only, and whoever is on the rota is told. Answers how many were raised.
 */
export const watchContacts: Command<OfRelease, { readonly raised: number }> = async (tx, context, input) => {
  const release = await lockRelease(tx, input.release)
  if (release === null) return unknown('release', input.release, '/release')
  const { careHours } = await goLiveRules(tx, release.product_id)
  const all = (await contactsAfter(tx, release, careHours, context.now)) ?? []
  const jumps = all.filter(({ hasJumped, jump }) => hasJumped && jump === null)
  const effects: Effects[] = []
  for (const found of jumps) {
    const raised = await raise(tx, context, release, found)
    if (!raised.ok) return raised
    effects.push(raised.value)
  }
  return done({ raised: jumps.length }, ...effects)
}

const raise = async (
  tx: Tx,
  context: CommandContext,
  release: Release,
  found: ComponentContacts,
): Promise<Result<Effects, Refusal>> => {
  const { component, contacts, before, median } = found
  const id = context.newId()
  await insertJump(tx, {
    ...{ id, release_id: release.id, component_id: component?.id ?? null, contacts, before: [...before] },
    found_at: context.now,
  })
  const product = await findProduct(tx, release.product_id)
  const since = release.released_at ?? context.now
  const asked = {
    productId: release.product_id,
    componentId: component?.id ?? null,
    since,
    most: MOST_LINKED,
  }
  const tickets = await latestContacts(tx, asked)
  const duties = (await dutiesOf(tx, release.id)).map((duty) => ({
    ...{ person: duty.person_id, fromHour: duty.from_hour, toHour: duty.to_hour },
  }))
  const people = await thoseWhoRead(
    tx,
    onDuty(duties, since, context.now).map(({ person }) => person),
  )
  const about = component?.name ?? product?.name ?? ''
  const language = (await readSettings(tx)).language ?? 'en'
  const facts = { release: release.name, about, since, contacts, median, before, latest: tickets }
  const made = await applyCommand(tx, context, createTicket, {
    ...{ kind: 'incident', severity: 'high', title: jumpTitle(language, facts) },
    ...{ product: release.product_id, component: component?.id ?? null, owner: people[0] ?? null },
    description: plainText(jumpText(language, facts)),
  })
  if (!made.ok) return made
  await noteIncident(tx, id, made.value.id)
  const by = JSON.stringify(context.actor)
  for (const other of tickets)
    await insertTicketLink(tx, {
      ...{ id: context.newId(), ticket_id: made.value.id, other_id: other.id, made_by: by, at: context.now },
    })
  if (people.length > 0) {
    const told = await applyCommand(tx, context, addComment, {
      record: { kind: 'ticket', ref: made.value.id },
      audience: 'staff',
      body: plainText(onRota(language, release.name)),
      mentions: people,
    })
    if (!told.ok) return told
  }
  return ok({
    events: [
      {
        kind: 'release.contacts-jumped',
        record: { kind: 'release', id: release.id },
        data: { component: component?.name ?? null, contacts, median, ticket: made.value.key },
      },
    ],
    changed: [],
  })
}

/** Each once, in this order; who could not read the incident is not called to it, and others are none the less. */
const thoseWhoRead = async (tx: Tx, people: readonly string[]): Promise<readonly string[]> => {
  const colleagues = await findColleagues(tx, [...new Set(people)])
  const readers = colleagues.filter(({ roles }) => {
    const party = partyOf(roles)
    return party !== null && isSeenBy('staff', party)
  })
  return [...new Set(people)].filter((id) => readers.some((one) => one.id === id))
}

/** It is nothing, or was looked into; or it is something after all. */
export const dismissJump: Command<
  OfRelease & { readonly jump: string; readonly isDismissed: boolean },
  { readonly id: string }
> = async (tx, context, input) => {
  const jump = await lockJump(tx, input.release, input.jump)
  if (jump === null) return unknown('jump', input.jump, '/jump')
  if ((jump.dismissed_at !== null) === input.isDismissed)
    return err(refuse('already-done', 'Somebody did this already.'))
  await setDismissed(tx, jump.id, input.isDismissed ? { by: context.actor, at: context.now } : null)
  return done(
    { id: input.release },
    together({
      events: [
        {
          kind: 'release.jump-dismissed',
          record: { kind: 'release', id: input.release },
          data: { isDismissed: input.isDismissed },
        },
      ],
      changed: [],
    }),
  )
}

/** The hours after a release came out, as a screen shows them. Null: it is not out. */
export const careOf = async (tx: Tx, release: Release, now: Date) => {
  if (release.released_at === null) return null
  const { careHours } = await goLiveRules(tx, release.product_id)
  const endsAt = careEnds(release.released_at, careHours)
  const components = (await contactsAfter(tx, release, careHours, now)) ?? []
  return { from: release.released_at, to: endsAt, hours: careHours, isRunning: now < endsAt, components }
}
