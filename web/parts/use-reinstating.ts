import { useReinstate } from '../api/escalations.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { tell } from './tell.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** Takes a withdrawal back, and says so. */
export const useReinstating = () => {
  const { withdraw } = useTexts()
  const reinstate = useReinstate()
  const onError = useTellProblem()
  return {
    isPending: reinstate.isPending,
    reinstate: (ticket: string): void =>
      reinstate.mutate(ticket, {
        onSuccess: ({ workItem }) => tell({ text: withdraw.undone(ticket, workItem.key), tone: 'good' }),
        onError,
      }),
  }
}
