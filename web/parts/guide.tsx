import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { guideQuery } from '../api/connections.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Icon } from './icons.tsx'
import { Markdown } from './markdown.tsx'
import { Failed, Loading } from './states.tsx'

/** The connector's own README: how to set the tool up, what is what, what surprises. */
export const GuideButton = ({ kind }: { readonly kind: string }) => {
  const { connection } = useTexts()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <ActionButton
        leftSection={<Icon name="file" size={14} />}
        label={connection.guide}
        reason={null}
        run={() => setOpen(true)}
      />
      {isOpen ? <Guide kind={kind} close={() => setOpen(false)} /> : null}
    </>
  )
}

const Guide = ({ kind, close }: { readonly kind: string; readonly close: () => void }) => {
  const { connection } = useTexts()
  const guide = useQuery(guideQuery(kind))
  return (
    <Modal opened onClose={close} title={connection.guide} size="xl">
      {guide.isPending ? <Loading /> : null}
      {guide.error !== null ? <Failed error={guide.error} retry={() => void guide.refetch()} /> : null}
      {guide.data === undefined ? null : <Markdown text={guide.data.markdown} />}
    </Modal>
  )
}
