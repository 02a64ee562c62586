import { useState } from 'react'
import { takesKeys } from '../../src/domain/change.ts'
import type { Change, ChangeKey } from '../api/changes.ts'
import { type Self, useSelf } from '../api/session.ts'
import { KeyDialog } from '../forms/change-step-dialog.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import styles from './change.module.css'
import { Block } from './record.tsx'
import { Time } from './time.tsx'
import type { Tone } from './tones.ts'
import { useKeys } from './use-keys.tsx'

/** Until it begins, an exception from a freeze can be made; the others only while they are asked for. */
const isAsked = (change: Change, key: ChangeKey): boolean =>
  key.given === null &&
  (key.asks === 'freeze exception'
    ? change.begunAt === null && change.endedAt === null && change.kind !== 'emergency'
    : takesKeys(change))

/** Whether this person may turn it: they hold it, the change is not theirs, and they turned no other. */
const mayGive = (change: Change, key: ChangeKey, { personId }: Self): boolean =>
  personId !== null &&
  isAsked(change, key) &&
  key.holders.some(({ id }) => id === personId) &&
  change.owner?.id !== personId &&
  change.createdBy.id !== personId &&
  change.begunBy?.id !== personId &&
  (key.asks === 'freeze exception' ||
    change.keys.every(({ asks, given }) => asks === 'freeze exception' || given?.by.id !== personId))

/** Whose keys it needs, who gave theirs, and one's own. */
export const ChangeKeys = ({ change }: { readonly change: Change }) => {
  const { keys } = useTexts().changes
  const self = useSelf()
  const [open, setOpen] = useState<ChangeKey | null>(null)
  const own = change.keys.find((key) => mayGive(change, key, self)) ?? null
  useKeys(keys.title, [
    { keys: 'k', label: keys.yours, run: () => setOpen(own), reason: own === null ? keys.notYours : null },
  ])
  return (
    <Block title={keys.title}>
      {change.keys.length === 0 ? (
        <p className="quiet">{change.isAssessed ? keys.none : keys.noneYet}</p>
      ) : (
        <ul className={styles.keys}>
          {change.keys.map((key) => (
            <KeyRow
              key={key.name}
              keyAsked={key}
              give={mayGive(change, key, self) ? () => setOpen(key) : null}
              hint={key === own}
            />
          ))}
        </ul>
      )}
      {open === null ? null : <KeyDialog keyAsked={open} change={change} close={() => setOpen(null)} />}
    </Block>
  )
}

const KeyRow = ({
  keyAsked,
  give,
  hint,
}: {
  readonly keyAsked: ChangeKey
  /** Null: it is not this person's to give. */
  readonly give: (() => void) | null
  readonly hint: boolean
}) => {
  const { keys } = useTexts().changes
  const { asks, of, given, holders } = keyAsked
  const names = holders.map(({ name }) => name).join(', ')
  const tone: Tone = given === null ? 'warn' : given.decision === 'approved' ? 'good' : 'bad'
  const says =
    given === null
      ? names === ''
        ? keys.nobody
        : keys.waits(names)
      : given.decision === 'approved'
        ? keys.approved(given.by.name)
        : keys.rejected(given.by.name)
  return (
    <li>
      <strong>{of === null ? keys.names[asks] : `${keys.names[asks]}: ${of.name}`}</strong>
      <Badge tone={tone}>{says}</Badge>
      {given === null ? null : <Time at={given.at} />}
      {give === null ? null : (
        <ActionButton
          size="xs"
          label={keys.yours}
          {...(hint ? { keys: 'k' } : {})}
          reason={null}
          run={give}
        />
      )}
      {given?.reason == null ? null : <p>{given.reason}</p>}
    </li>
  )
}
