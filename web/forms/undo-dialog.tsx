import { Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Undoing, type Undone, undoPreviewQuery, useUndo } from '../api/sync.ts'
import { fieldName } from '../parts/field-words.ts'
import { shownValue } from '../parts/shown-value.ts'
import { Failed, Loading } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import styles from './undo-dialog.module.css'

/**
 * Takes back what went over once, after it has shown what that does on either side. Of what was written to a tool, the
 * person chooses whether its value from before counts there only, or here as well.
 */
export const UndoDialog = ({ of, close }: { readonly of: Undoing; readonly close: () => void }) => {
  const texts = useTexts()
  const { undo } = texts
  const [sides, setSides] = useState<'there' | 'both'>('there')
  const preview = useQuery(undoPreviewQuery({ ...of, sides }))
  const undoing = useUndo()
  const shown = preview.data
  const goesBackThere = shown?.undone.some(({ side }) => side !== 'here') ?? false
  return (
    <FormDialog
      isOpen
      close={close}
      size="lg"
      title={undo.title}
      send={() =>
        undoing.mutate(
          // the crossing that was shown, whatever has crossed since
          { event: shown?.event ?? '', sides },
          {
            onSuccess: ({ undone }) => {
              close()
              const isAsked = undone.some(({ side }) => side !== 'both')
              tell({ text: isAsked ? undo.doneAsks : undo.doneBoth, tone: 'good' })
            },
          },
        )
      }
      sendLabel={undo.send}
      isSending={undoing.isPending}
      error={undoing.error}
      isReady={shown !== undefined && !preview.isFetching}
    >
      {preview.isPending ? <Loading /> : null}
      {preview.error === null ? null : <Failed error={preview.error} retry={() => void preview.refetch()} />}
      {shown === undefined ? null : (
        <Stack gap="sm">
          {goesBackThere ? (
            <Radio.Group
              label={undo.which}
              value={sides}
              onChange={(word) => setSides(word === 'both' ? 'both' : 'there')}
            >
              <Stack gap={6} mt={6}>
                <Radio value="there" label={undo.there} description={undo.thereAbout} />
                <Radio value="both" label={undo.both} description={undo.bothAbout} />
              </Stack>
            </Radio.Group>
          ) : (
            <p className="plain">{undo.hereAbout}</p>
          )}
          <What shown={shown} />
        </Stack>
      )}
    </FormDialog>
  )
}

const What = ({ shown }: { readonly shown: Undone }) => {
  const texts = useTexts()
  const { undo, why } = texts
  const value = (of: unknown): string => shownValue(of) ?? why.nothing
  const change = (of: { readonly now: unknown; readonly after: unknown }): string =>
    value(of.now) === value(of.after)
      ? undo.stays(value(of.now))
      : undo.becomes(value(of.now), value(of.after))
  return (
    <>
      <ul className={styles.fields} aria-live="polite">
        {shown.undone.map((one) => (
          <li key={one.field}>
            <strong>{fieldName(one.field, texts)}</strong>
            <dl>
              <div>
                <dt>{why.here}</dt>
                <dd>{one.side === 'both' ? undo.follows(value(one.hub.now)) : change(one.hub)}</dd>
              </div>
              <div>
                <dt>{why.there}</dt>
                <dd>{change(one.tool)}</dd>
              </div>
            </dl>
            <small>{one.side === 'both' ? undo.agrees : undo.asks}</small>
          </li>
        ))}
      </ul>
      {shown.skipped.length === 0 ? null : (
        <ul className="plain quiet">
          {shown.skipped.map(({ field, reason }) => (
            <li key={field}>{undo.kept(fieldName(field, texts), undo.keptBecause[reason])}</li>
          ))}
        </ul>
      )}
    </>
  )
}
