import { Select } from '@mantine/core'
import { LEVELS, type Level, SEVERITIES, type Severity } from '../../src/domain/words.ts'
import { useMay } from '../api/session.ts'
import { type Ticket, type TicketChange, type TicketInside, useTicketChange } from '../api/tickets.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'
import { Badge, PriorityMark } from './badge.tsx'
import { FactList, Facts } from './record.tsx'
import { FormProblem } from './states.tsx'
import { SEVERITY_TONES } from './tones.ts'

/** What a ticket weighs: its priority for everybody; what that is made of for staff, and to change for support. */
export const TicketWeight = ({
  refOfTicket,
  ticket,
}: {
  readonly refOfTicket: string
  readonly ticket: Ticket
}) => {
  const texts = useTexts()
  const mayWrite = useMay('tickets.write')
  const { inside } = ticket
  const isDerived = inside?.priorityDerived === true
  return (
    <Facts title={texts.panel.weight}>
      <FactList
        facts={[
          [texts.fields.priority, <PriorityMark key="p" priority={ticket.priority} derived={isDerived} />],
          ...(inside === undefined || mayWrite ? [] : factsOf(inside, texts)),
        ]}
      />
      {inside !== undefined && mayWrite ? <Weigh refOfTicket={refOfTicket} inside={inside} /> : null}
    </Facts>
  )
}

const factsOf = ({ impact, urgency, severity }: TicketInside, texts: Texts) =>
  [
    [texts.fields.impact, `${impact} ${texts.words.impact[impact]}`],
    [texts.fields.urgency, `${urgency} ${texts.words.urgency[urgency]}`],
    [
      texts.fields.severity,
      severity === null ? null : (
        <Badge key="s" tone={SEVERITY_TONES[severity]}>
          {texts.words.severity[severity]}
        </Badge>
      ),
    ],
  ] as const

/** Severity, impact and urgency are judged again as one learns more: here, without a form of its own. */
const Weigh = ({ refOfTicket, inside }: { readonly refOfTicket: string; readonly inside: TicketInside }) => {
  const texts = useTexts()
  const change = useTicketChange(refOfTicket)
  const set = (part: TicketChange): void => change.mutate({ revision: inside.revision, set: part })
  const levels = (words: Readonly<Record<Level, string>>) =>
    LEVELS.map((level) => ({ value: String(level), label: `${level} ${words[level]}` }))
  const readLevel = (value: string | null): Level | undefined =>
    LEVELS.find((level) => String(level) === value)
  const common = { size: 'xs', disabled: change.isPending, allowDeselect: false, mt: 6 } as const
  return (
    <>
      <Select
        {...common}
        label={texts.fields.severity}
        placeholder={texts.fields.none}
        data={SEVERITIES.map((word) => ({ value: word, label: texts.words.severity[word] }))}
        value={inside.severity}
        onChange={(word) =>
          set({
            severity: (SEVERITIES as readonly string[]).includes(word ?? '') ? (word as Severity) : null,
          })
        }
      />
      <Select
        {...common}
        label={texts.fields.impact}
        data={levels(texts.words.impact)}
        value={String(inside.impact)}
        onChange={(value) => set({ impact: readLevel(value) })}
      />
      <Select
        {...common}
        label={texts.fields.urgency}
        data={levels(texts.words.urgency)}
        value={String(inside.urgency)}
        onChange={(value) => set({ urgency: readLevel(value) })}
      />
      <FormProblem error={change.error} />
    </>
  )
}
