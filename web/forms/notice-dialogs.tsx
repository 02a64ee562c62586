import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Notice, useDecide, useWriteNotice } from '../api/outreach.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

const TEXT_MAX = 20_000

/** Other words for one customer, or those of the template again. */
export const NoticeDialog = ({ notice, close }: { readonly notice: Notice; readonly close: () => void }) => {
  const texts = useTexts()
  const { outreach: words } = texts
  const write = useWriteNotice()
  const [text, setText] = useState(notice.text)
  const save = (said: string | null): void =>
    write.mutate(
      { id: notice.id, text: said, revision: notice.revision },
      {
        onSuccess: () => {
          close()
          tell({ text: words.written, tone: 'good' })
        },
      },
    )
  return (
    <FormDialog
      isOpen
      size="lg"
      close={close}
      title={words.editTitle(notice.contact?.name ?? notice.customer?.name ?? words.noContact)}
      send={() => save(text.trim())}
      sendLabel={texts.manage.save}
      isSending={write.isPending}
      error={write.error}
      isReady={text.trim() !== '' && text.trim() !== notice.text}
    >
      <p className="quiet plain">{words.editAbout}</p>
      <Textarea
        label={words.words}
        data-autofocus
        autosize
        minRows={8}
        maxRows={20}
        maxLength={TEXT_MAX}
        lang={notice.language}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {notice.isEdited ? (
        <Button variant="default" loading={write.isPending} onClick={() => save(null)}>
          {words.asTemplate}
        </Button>
      ) : null}
    </FormDialog>
  )
}

/** Why they are not told stands where colleagues look for it. */
export const DismissDialog = ({
  notices,
  close,
  done,
}: {
  readonly notices: readonly Notice[]
  readonly close: () => void
  readonly done: (ids: readonly string[]) => void
}) => {
  const { outreach: words } = useTexts()
  const decide = useDecide()
  const [why, setWhy] = useState('')
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.dismissTitle(notices.length)}
      send={() =>
        decide.mutate(
          {
            step: 'dismiss',
            notices: notices.map(({ id, revision }) => ({ id, revision })),
            why: why.trim() === '' ? null : why.trim(),
          },
          {
            onSuccess: (decided) => {
              close()
              done(decided.done)
            },
          },
        )
      }
      sendLabel={words.dismiss}
      isSending={decide.isPending}
      error={decide.error}
    >
      <p className="plain">{words.dismissAbout}</p>
      <TextInput
        label={words.why}
        description={words.whyAbout}
        data-autofocus
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
