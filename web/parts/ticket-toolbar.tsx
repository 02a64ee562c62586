import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { factsOf } from '../api/problem.ts'
import { useSelf } from '../api/session.ts'
import { type Ticket, type TicketStep, useTicketStep } from '../api/tickets.ts'
import { AssignDialog } from '../forms/assign-dialog.tsx'
import type { Mode } from '../forms/composer.tsx'
import { EditTicketDialog } from '../forms/edit-ticket-dialog.tsx'
import { EscalateDialog } from '../forms/escalate-dialog.tsx'
import { MergeDialog } from '../forms/merge-dialog.tsx'
import { SnoozeDialog } from '../forms/snooze-dialog.tsx'
import { TicketLinkDialog } from '../forms/ticket-link-dialog.tsx'
import { WithdrawDialog } from '../forms/withdraw-dialog.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Icon } from './icons.tsx'
import { problemWords } from './problem-words.ts'
import { Actions } from './record.tsx'
import { tell } from './tell.tsx'
import { reasonAgainst, type TicketAction } from './ticket-actions.ts'
import { useKeys } from './use-keys.tsx'

type Dialog = 'assign' | 'snooze' | 'escalate' | 'withdraw' | 'edit' | 'merge' | 'link'

/** What one can do with a ticket, by button and by key; what one cannot do says why. */
export const TicketToolbar = ({
  refOfTicket,
  ticket,
  write,
}: {
  readonly refOfTicket: string
  readonly ticket: Ticket
  readonly write: (mode: Mode['id'], call?: 'macro') => void
}) => {
  const texts = useTexts()
  const self = useSelf()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = (): void => setDialog(null)
  const { go, isPending } = useStepWithUndo(refOfTicket, ticket)
  const actions: Readonly<Record<TicketAction, string>> = {
    ...texts.ticket.actions,
    edit: texts.editTicket.action,
    merge: texts.merge.action,
    unmerge: texts.merge.undo,
    link: texts.ticketLinks.add,
    macro: texts.macros.use,
    withdraw: texts.withdraw.action,
  }
  const why = (action: TicketAction): string | null => reasonAgainst(action, ticket, self, texts)
  const runs: Readonly<Record<TicketAction, () => void>> = {
    take: () => go({ step: 'take' }),
    assign: () => setDialog('assign'),
    reply: () => write('reply'),
    note: () => write('staff'),
    snooze: () => setDialog('snooze'),
    wake: () => go({ step: 'wake' }),
    escalate: () => setDialog('escalate'),
    withdraw: () => setDialog('withdraw'),
    resolve: () => go({ step: 'resolve' }),
    reopen: () => go({ step: 'reopen' }),
    close: () => go({ step: 'close' }),
    cancel: () => go({ step: 'cancel' }),
    edit: () => setDialog('edit'),
    merge: () => setDialog('merge'),
    unmerge: () => go({ step: 'unmerge' }),
    link: () => setDialog('link'),
    macro: () => write('reply', 'macro'),
  }
  const keyed: readonly (readonly [string, TicketAction])[] = [
    ['t', 'take'],
    ['a', 'assign'],
    ['r', 'reply'],
    ['n', 'note'],
    ['h', 'snooze'],
    ['e', 'escalate'],
    ['w', 'withdraw'],
    ['d', 'resolve'],
    ['u', 'edit'],
    ['m', 'merge'],
    ['l', 'link'],
    ['/', 'macro'],
  ]
  useKeys(
    ticket.key,
    keyed.map(([keys, action]) => ({
      keys,
      label: actions[action],
      run: runs[action],
      reason: why(action),
    })),
  )
  const button = (action: TicketAction, keys?: string, look = {}) => (
    <ActionButton
      label={actions[action]}
      keys={keys}
      reason={why(action)}
      run={runs[action]}
      loading={isPending}
      {...look}
    />
  )
  const hasEnded = ['resolved', 'closed', 'cancelled'].includes(ticket.state)
  const rest: readonly TicketAction[] = hasEnded
    ? ['edit', 'link', 'merge', 'withdraw', 'resolve', 'close', 'wake']
    : ['edit', 'link', 'merge', 'withdraw', 'reopen', 'wake', 'close', 'cancel']
  return (
    <>
      <Actions label={texts.ticket.toolbar}>
        {button('take', 't')}
        {button('assign', 'a')}
        {button('snooze', 'h')}
        {button('escalate', 'e', { variant: 'light' })}
        {ticket.state === 'merged' ? button('unmerge') : hasEnded ? button('reopen') : button('resolve', 'd')}
        <Menu shadow="md" position="bottom-start">
          <Menu.Target>
            <Button variant="default" aria-label={texts.ticket.more} px={8}>
              <Icon name="more" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((action) => (
              <Menu.Item
                key={action}
                disabled={why(action) !== null}
                title={why(action) ?? undefined}
                onClick={runs[action]}
              >
                {actions[action]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Actions>
      {dialog === 'assign' ? (
        <AssignDialog close={close} refOfTicket={refOfTicket} owner={ticket.owner?.id ?? null} />
      ) : null}
      {dialog === 'snooze' ? <SnoozeDialog close={close} refOfTicket={refOfTicket} /> : null}
      {dialog === 'escalate' ? (
        <EscalateDialog close={close} refOfTicket={refOfTicket} ticket={ticket} />
      ) : null}
      {dialog === 'withdraw' && ticket.inside?.workItem != null ? (
        <WithdrawDialog close={close} ticket={ticket.key} item={ticket.inside.workItem.key} />
      ) : null}
      {dialog === 'edit' ? (
        <EditTicketDialog close={close} refOfTicket={refOfTicket} ticket={ticket} />
      ) : null}
      {dialog === 'merge' ? <MergeDialog close={close} refOfTicket={refOfTicket} ticket={ticket} /> : null}
      {dialog === 'link' ? (
        <TicketLinkDialog close={close} refOfTicket={refOfTicket} ticket={ticket} />
      ) : null}
    </>
  )
}

/** A step, and the way back where there is one. */
const useStepWithUndo = (refOfTicket: string, ticket: Ticket) => {
  const texts = useTexts()
  const step = useTicketStep(refOfTicket)
  const fail = (error: unknown): void => {
    const { title, detail } = problemWords(factsOf(error), texts)
    tell({ text: `${title}. ${detail}`, tone: 'bad' })
  }
  const before = ticket.owner?.id ?? null
  const back: Partial<Record<TicketStep['step'], TicketStep>> = {
    take: { step: 'assign', body: { owner: before } },
    resolve: { step: 'reopen' },
    close: { step: 'reopen' },
    cancel: { step: 'reopen' },
  }
  const go = (wanted: TicketStep): void => {
    const undo = back[wanted.step]
    step.mutate(wanted, {
      onError: fail,
      onSuccess: () =>
        tell({
          text:
            wanted.step === 'merge' || wanted.step === 'unmerge'
              ? texts.merge.undone
              : texts.ticket.done[wanted.step],
          tone: 'good',
          ...(undo === undefined
            ? {}
            : { undo: { label: texts.forms.undo, run: () => step.mutate(undo, { onError: fail }) } }),
        }),
    })
  }
  return { go, isPending: step.isPending }
}
