import { useEffect } from 'react'
import {
  type ConnectionConfiguration,
  type Mapping,
  type Saved,
  useSave,
  useTry,
} from '../api/connections.ts'
import { Reach } from '../parts/reach.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Tried on what is stored first: nobody saves a mapping without having seen how far it reaches. */
export const SaveMapping = ({
  found,
  mapping,
  close,
  wrong,
}: {
  readonly found: ConnectionConfiguration
  readonly mapping: Mapping
  readonly close: () => void
  /** What would be refused, so that it stands beside the lines too. */
  readonly wrong: (problems: Saved['problems']) => void
}) => {
  const { mapping: words } = useTexts()
  const trying = useTry()
  const saving = useSave()
  const { mutate } = trying
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried once, as it was when the dialog opened
  useEffect(() => {
    mutate(
      { key: found.key, connection: { ...found.connection, mapping }, revision: found.revision },
      { onSuccess: ({ problems }) => wrong(problems) },
    )
  }, [])
  const tried = trying.data
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.tryTitle}
      size="lg"
      send={() =>
        saving.mutate(
          { key: found.key, connection: { ...found.connection, mapping }, revision: found.revision },
          {
            onSuccess: () => {
              close()
              tell({ text: words.savedNow, tone: 'good' })
            },
          },
        )
      }
      sendLabel={words.save}
      isSending={saving.isPending}
      error={saving.error ?? trying.error}
      isReady={tried !== undefined && tried.problems.length === 0 && tried.changes.length > 0}
    >
      {trying.isPending ? (
        <p className="quiet plain" role="status">
          {words.trying}
        </p>
      ) : null}
      {tried === undefined ? null : <Reach saved={tried} />}
    </FormDialog>
  )
}
