import { useState } from 'react'
import { isEnded, mayBeRewritten } from '../../src/domain/change.ts'
import { type Change, useChangeStep } from '../api/changes.ts'
import { useMay, useSelf } from '../api/session.ts'
import { ChangeDialog } from '../forms/change-dialog.tsx'
import { ChangeStepDialog, type WordedStep } from '../forms/change-step-dialog.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Actions } from './record.tsx'
import { roleReason } from './roles.ts'
import { tell } from './tell.tsx'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'

interface Action {
  readonly keys: string
  readonly label: string
  readonly run: () => void
  /** The state it is possible in; else the state is the reason. */
  readonly isPossible: boolean
}

/** What can be done with a change now, and with a key each; what cannot says why. */
export const ChangeToolbar = ({ change }: { readonly change: Change }) => {
  const texts = useTexts()
  const { changes } = texts
  const self = useSelf()
  const mayWrite = useMay('changes.write')
  const [dialog, setDialog] = useState<WordedStep | 'edit' | null>(null)
  const close = (): void => setDialog(null)
  const actions = useActions(change, setDialog)
  const inState = texts.reasons.state(texts.words.changeState[change.state])
  const role = mayWrite ? null : roleReason(self, texts)
  const shown = actions.map((action) => ({ ...action, reason: role ?? (action.isPossible ? null : inState) }))
  useKeys(
    change.key,
    shown.map(({ keys, label, run, reason }) => ({ keys, label, run, reason })),
  )
  return (
    <>
      <Actions label={changes.toolbar}>
        {shown
          .filter(({ isPossible }) => isPossible)
          .map(({ keys, label, run, reason }) => (
            <ActionButton key={label} label={label} keys={keys} reason={reason} run={run} />
          ))}
      </Actions>
      {dialog === 'edit' ? <ChangeDialog change={change} close={close} /> : null}
      {dialog === null || dialog === 'edit' ? null : (
        <ChangeStepDialog step={dialog} change={change} close={close} />
      )}
    </>
  )
}

const useActions = (change: Change, open: (dialog: WordedStep | 'edit') => void): readonly Action[] => {
  const { changes } = useTexts()
  const step = useChangeStep(change.key)
  const tellProblem = useTellProblem()
  const { state, kind, revision } = change
  const send = (name: 'assess' | 'ask' | 'revise' | 'start') => (): void =>
    step.mutate(
      { step: name, body: { revision } },
      { onSuccess: () => tell({ text: changes.done[name], tone: 'good' }), onError: tellProblem },
    )
  const isEarly = kind === 'emergency' && state === 'authorising'
  const isDraft = state === 'draft' || state === 'assessing'
  return [
    { keys: 'm', label: changes.assess, run: send('assess'), isPossible: state === 'draft' },
    { keys: 'a', label: changes.ask, run: send('ask'), isPossible: isDraft },
    {
      keys: 's',
      label: isEarly ? changes.startEarly : changes.start,
      run: isEarly ? () => open('start early') : send('start'),
      isPossible: state === 'scheduled' || isEarly,
    },
    { keys: 'f', label: changes.close, run: () => open('close'), isPossible: state === 'implementing' },
    { keys: 'r', label: changes.review, run: () => open('review'), isPossible: state === 'reviewing' },
    {
      keys: 'v',
      label: changes.revise,
      run: send('revise'),
      isPossible: state === 'rejected' || state === 'cancelled',
    },
    {
      keys: 'e',
      label: changes.edit,
      run: () => open('edit'),
      isPossible: !isEnded(state) && mayBeRewritten(state),
    },
    { keys: 'x', label: changes.cancel, run: () => open('cancel'), isPossible: mayBeRewritten(state) },
  ]
}
