import { useState } from 'react'
import { type GoLive, useGoLiveStep } from '../api/go-live.ts'
import type { Release } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { DutyDialog, FollowDialog } from '../forms/go-live-dialogs.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import styles from './go-live.module.css'
import { Block } from './record.tsx'
import { roleReason } from './roles.ts'
import { tell } from './tell.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** Who is there in the hours after it came out, and who follows it. */
export const CareRota = ({ release, goLive }: { readonly release: Release; readonly goLive: GoLive }) => {
  const texts = useTexts()
  const { goLive: words, forms } = texts
  const self = useSelf()
  const reason = useMay('go-live.plan') ? null : roleReason(self, texts)
  const step = useGoLiveStep(release.id)
  const tellProblem = useTellProblem()
  const [open, setOpen] = useState<'duty' | 'follow' | null>(null)
  const drop = (
    from: 'rota' | 'followers',
    id: string,
    text: string,
    again: Parameters<typeof step.mutate>[0],
  ): void =>
    step.mutate(
      { step: 'drop', from, id },
      {
        onSuccess: () =>
          tell({
            text,
            tone: 'good',
            undo: { label: forms.undo, run: () => step.mutate(again, { onError: tellProblem }) },
          }),
        onError: tellProblem,
      },
    )
  const close = (): void => setOpen(null)
  return (
    <>
      <Block title={words.rota}>
        <p className="quiet plain">{words.rotaAbout(goLive.rules.careHours)}</p>
        {goLive.rota.length === 0 ? <p className="quiet">{words.noRota}</p> : null}
        <ul className={styles.rows}>
          {goLive.rota.map(({ id, person, fromHour, toHour }) => (
            <li key={id}>
              <div className={styles.words}>
                <strong>{person.name}</strong>
                <small>{words.hour(fromHour, toHour)}</small>
              </div>
              <ActionButton
                label={words.remove}
                fullLabel={`${words.remove}: ${person.name}`}
                reason={reason}
                run={() =>
                  drop('rota', id, words.removed(person.name), {
                    step: 'rota',
                    body: { person: person.id, fromHour, toHour },
                  })
                }
              />
            </li>
          ))}
        </ul>
        <div className={styles.add}>
          <ActionButton label={words.addDuty} reason={reason} run={() => setOpen('duty')} />
        </div>
      </Block>
      <Block title={words.followers}>
        {goLive.followers.length === 0 ? <p className="quiet">{words.noFollowers}</p> : null}
        <ul className={styles.rows}>
          {goLive.followers.map(({ id, person, team }) => {
            const name = person?.name ?? team?.name ?? ''
            return (
              <li key={id}>
                <div className={styles.words}>
                  <strong>{name}</strong>
                  {team === null ? null : <small>{words.team}</small>}
                </div>
                <ActionButton
                  label={words.remove}
                  fullLabel={`${words.remove}: ${name}`}
                  reason={reason}
                  run={() =>
                    drop('followers', id, words.removed(name), {
                      step: 'followers',
                      body: team === null ? { person: person?.id ?? '' } : { team: team.id },
                    })
                  }
                />
              </li>
            )
          })}
        </ul>
        <div className={styles.add}>
          <ActionButton label={words.addFollower} reason={reason} run={() => setOpen('follow')} />
        </div>
      </Block>
      {open === 'duty' ? <DutyDialog release={release} goLive={goLive} close={close} /> : null}
      {open === 'follow' ? <FollowDialog release={release} close={close} /> : null}
    </>
  )
}
