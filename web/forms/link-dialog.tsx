import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { LINK_ROLES, type LinkRole } from '../../src/domain/work-item-link.ts'
import { useLinks } from '../api/work-items.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

/** Says how a work item stands to another, or to something elsewhere. */
export const LinkDialog = ({
  refOfItem,
  itemKey,
  close,
}: {
  readonly refOfItem: string
  readonly itemKey: string
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { add, drop } = useLinks(refOfItem)
  const [how, setHow] = useState<LinkRole | 'elsewhere'>('related to')
  const [to, setTo] = useState('')
  const [url, setUrl] = useState('')
  const [title, setTitle] = useState('')
  const isElsewhere = how === 'elsewhere'
  const send = (): void => {
    const name = title.trim()
    const link = isElsewhere
      ? { url: url.trim(), ...(name === '' ? {} : { title: name }) }
      : { role: how, to: to.trim() }
    add.mutate(link, {
      onSuccess: ({ id }) => {
        tell({
          text: texts.links.added,
          tone: 'good',
          undo: { label: texts.forms.undo, run: () => drop.mutate(id) },
        })
        close()
      },
    })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.links.addTitle(itemKey)}
      send={send}
      sendLabel={texts.links.add}
      isSending={add.isPending}
      error={add.error}
      isReady={(isElsewhere ? url : to).trim() !== ''}
    >
      <Select
        label={texts.links.how}
        data={[
          ...LINK_ROLES.map((role) => ({ value: role as string, label: texts.links.roles[role] })),
          { value: 'elsewhere', label: texts.links.elsewhere },
        ]}
        value={how}
        allowDeselect={false}
        onChange={(value) => setHow(LINK_ROLES.find((role) => role === value) ?? 'elsewhere')}
      />
      {isElsewhere ? (
        <>
          <TextInput
            type="url"
            label={texts.links.url}
            required
            maxLength={2_000}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <TextInput
            label={texts.links.name}
            maxLength={500}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        </>
      ) : (
        <TextInput
          label={texts.links.to}
          description={texts.links.toAbout}
          required
          maxLength={320}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}
