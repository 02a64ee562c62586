import { useQuery } from '@tanstack/react-query'
import { reachQuery, type SampleReach, useRemoveSample } from '../api/administration.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Says what goes before it goes, what people hung on it above all. */
export const RemoveSampleDialog = ({ close }: { readonly close: () => void }) => {
  const { sample } = useTexts()
  const reach = useQuery(reachQuery)
  const removing = useRemoveSample()
  // the notice that holds this dialog goes with the samples, before anybody could call back
  const send = (): void => {
    void removing.mutateAsync(undefined).then(
      () => {
        close()
        tell({ text: sample.removed, tone: 'good' })
      },
      () => undefined,
    )
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={sample.title}
      send={send}
      sendLabel={sample.remove}
      isSending={removing.isPending}
      error={removing.error}
      isReady={reach.isSuccess}
      isDanger
    >
      {reach.isPending ? <Loading /> : null}
      {reach.isError ? <Failed error={reach.error} retry={() => void reach.refetch()} /> : null}
      {reach.isSuccess ? <Reach {...reach.data} /> : null}
    </FormDialog>
  )
}

const YOURS = ['yourTickets', 'yourWorkItems', 'yourComments', 'yourParts'] as const

const Reach = (reach: SampleReach) => {
  const { sample } = useTexts()
  const yours = YOURS.filter((name) => reach[name] > 0)
  return (
    <>
      <p className="plain">{sample.goes(reach.tickets, reach.workItems)}</p>
      {yours.length === 0 ? null : (
        <div>
          <p className="plain">
            <strong>{sample.yoursGo}</strong>
          </p>
          <ul>
            {yours.map((name) => (
              <li key={name}>{sample[name](reach[name])}</li>
            ))}
          </ul>
        </div>
      )}
      {reach.touched === 0 ? null : <p className="plain">{sample.touched(reach.touched)}</p>}
      {reach.mirrors === 0 ? null : <p className="plain">{sample.mirrors(reach.mirrors)}</p>}
    </>
  )
}
