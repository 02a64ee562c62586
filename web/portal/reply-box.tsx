import { Button } from '@mantine/core'
import { type RefObject, useState } from 'react'
import { useReply } from '../api/portal.ts'
import { KeyCaps } from '../parts/action-button.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/texts.tsx'
import { type Draft, WordsField } from './words-field.tsx'

const NOTHING: Draft = { text: '', files: [] }

/** Words to support, with their files. What arrived is not sent again when a later file fails. */
export const ReplyBox = ({
  refOfRequest,
  field,
}: {
  readonly refOfRequest: string
  readonly field: RefObject<HTMLTextAreaElement | null>
}) => {
  const { portal } = useTexts()
  const reply = useReply(refOfRequest)
  const [draft, setDraft] = useState<Draft>(NOTHING)
  /** Set while a file of words that arrived is still to be sent. */
  const [said, setSaid] = useState<string | null>(null)
  const isEmpty = draft.text.trim() === '' && draft.files.length === 0
  const send = (): void => {
    if (isEmpty || reply.isPending) return
    const words = {
      ...{ text: draft.text.trim(), files: draft.files, reply: said },
      onSaid: (id: string) => {
        setSaid(id)
        setDraft((had) => ({ ...had, text: '' }))
      },
      onUploaded: (file: File) =>
        setDraft((had) => ({ ...had, files: had.files.filter((one) => one !== file) })),
    }
    reply.mutate(words, {
      onSuccess: () => {
        setDraft(NOTHING)
        setSaid(null)
        tell({ text: portal.replied, tone: 'good' })
      },
    })
  }
  return (
    <>
      <WordsField
        draft={draft}
        set={setDraft}
        label={portal.reply}
        about={portal.replyAbout}
        send={send}
        field={field}
      >
        <Button
          loading={reply.isPending}
          disabled={isEmpty}
          onClick={send}
          rightSection={<KeyCaps keys="mod+Enter" />}
        >
          {portal.sendReply}
        </Button>
      </WordsField>
      <FormProblem error={reply.error} />
    </>
  )
}
