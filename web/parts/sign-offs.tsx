import { useState } from 'react'
import type { GoLive } from '../api/go-live.ts'
import { useGoLiveStep } from '../api/go-live.ts'
import type { Release } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { SignDialog } from '../forms/go-live-dialogs.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import styles from './go-live.module.css'
import { Block } from './record.tsx'
import { roleReason } from './roles.ts'
import { tell } from './tell.tsx'
import { Time } from './time.tsx'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** Who signs for what, and whose signature no longer holds because what was signed changed. */
export const SignOffs = ({ release, goLive }: { readonly release: Release; readonly goLive: GoLive }) => {
  const texts = useTexts()
  const { goLive: words } = texts
  const self = useSelf()
  const maySign = useMay('go-live.sign')
  const mayDecide = useMay('go-live.decide')
  const step = useGoLiveStep(release.id)
  const tellProblem = useTellProblem()
  const [isOpen, setOpen] = useState(false)
  const isOver = release.state === 'released' || release.state === 'withdrawn'
  const over = isOver ? texts.reasons.state(texts.words.releaseState[release.state]) : null
  const isSigned = goLive.rules.roles.every((role) =>
    goLive.signOffs.some((one) => one.role === role && one.changed.length === 0),
  )
  const reason = maySign ? (over ?? (isSigned ? words.allSigned : null)) : roleReason(self, texts)
  useKeys(words.keys, [{ keys: 's', label: words.sign, run: () => setOpen(true), reason }])
  const { roles } = goLive.rules
  // a role that is asked for no more may have been signed
  const signedOtherwise = goLive.signOffs.map(({ role }) => role).filter((role) => !roles.includes(role))
  const unsign = (role: string): void =>
    step.mutate(
      { step: 'unsign', body: { role } },
      { onSuccess: () => tell({ text: words.unsignedDone, tone: 'good' }), onError: tellProblem },
    )
  return (
    <Block title={words.signOffs}>
      <ul className={styles.rows}>
        {[...roles, ...signedOtherwise].map((role) => {
          const signed = goLive.signOffs.find((one) => one.role === role)
          const isVoid = (signed?.changed.length ?? 0) > 0
          const name = words.roles[role] ?? role
          return (
            <li key={role}>
              <div className={styles.words}>
                <strong>{name}</strong>
                {signed === undefined ? null : (
                  <small>
                    {words.signedBy(signed.person.name)} <Time at={signed.at} />
                  </small>
                )}
                {signed?.note == null ? null : <p>{signed.note}</p>}
                {signed === undefined || !isVoid ? null : (
                  <small>{words.voidAbout(signed.changed.map((part) => words.parts[part]).join(', '))}</small>
                )}
              </div>
              {signed === undefined ? (
                <Badge tone="plain">{words.unsigned}</Badge>
              ) : (
                <Badge tone={isVoid ? 'warn' : 'good'}>{isVoid ? words.isVoid : words.signed}</Badge>
              )}
              {signed === undefined || isOver || !(mayDecide || signed.person.id === self.personId) ? null : (
                <ActionButton
                  label={words.unsign}
                  fullLabel={`${words.unsign}: ${name}`}
                  reason={null}
                  run={() => unsign(role)}
                />
              )}
            </li>
          )
        })}
      </ul>
      <div className={styles.add}>
        <ActionButton label={words.sign} keys="s" reason={reason} run={() => setOpen(true)} />
      </div>
      {isOpen ? <SignDialog release={release} goLive={goLive} close={() => setOpen(false)} /> : null}
    </Block>
  )
}
