import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type BegunSecondFactor, secondFactorQuery, useSecondFactor } from '../api/account.ts'
import { Badge } from '../parts/badge.tsx'
import { Card } from '../parts/card.tsx'
import { Failed, Loading } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/texts.tsx'
import { ProvePassword } from './prove-password.tsx'
import { ConfirmSecondFactor, RecoveryCodes } from './second-factor-steps.tsx'

type Step =
  | { readonly at: 'rest' | 'turn on' | 'turn off' }
  | { readonly at: 'confirm'; readonly begun: BegunSecondFactor }
  | { readonly at: 'codes'; readonly codes: readonly string[] }

/** On: password, picture, code, recovery codes. Off: password. Each step replaces the one before. */
export const SecondFactor = () => {
  const texts = useTexts()
  const words = texts.profile.secondFactor
  const state = useQuery(secondFactorQuery)
  const { begin, confirm, end } = useSecondFactor()
  const [step, setStep] = useState<Step>({ at: 'rest' })
  const rest = (): void => {
    for (const one of [begin, confirm, end]) one.reset()
    setStep({ at: 'rest' })
  }
  const isOn = state.data?.on === true
  const mark =
    state.data === undefined ? null : (
      <Badge tone={isOn ? 'good' : 'plain'}>{isOn ? words.on : words.off}</Badge>
    )
  const body = () => {
    switch (step.at) {
      case 'turn on':
        return (
          <ProvePassword
            label={words.proveOn}
            sendLabel={words.next}
            asking={begin}
            done={(begun) => setStep({ at: 'confirm', begun })}
            cancel={rest}
          />
        )
      case 'confirm':
        return (
          <ConfirmSecondFactor
            begun={step.begun}
            asking={confirm}
            done={({ recoveryCodes }) => setStep({ at: 'codes', codes: recoveryCodes })}
            cancel={rest}
          />
        )
      case 'codes':
        return <RecoveryCodes codes={step.codes} done={rest} />
      case 'turn off':
        return (
          <ProvePassword
            label={words.proveOff}
            sendLabel={words.turnOff}
            asking={end}
            done={() => {
              tell({ text: words.turnedOff, tone: 'good' })
              rest()
            }}
            cancel={rest}
          />
        )
      case 'rest':
        return (
          <Group gap="sm">
            <Button variant="default" onClick={() => setStep({ at: isOn ? 'turn off' : 'turn on' })}>
              {isOn ? words.turnOff : words.turnOn}
            </Button>
            {isOn ? <span className="quiet">{words.left(state.data?.recoveryCodesLeft ?? 0)}</span> : null}
          </Group>
        )
    }
  }
  return (
    <Card title={words.title} about={words.about} mark={mark}>
      {state.isPending ? (
        <Loading />
      ) : state.data === undefined ? (
        <Failed error={state.error} retry={() => void state.refetch()} />
      ) : (
        body()
      )}
    </Card>
  )
}
