import { useState } from 'react'
import { type Component, type Organised, useKeep } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { NamedFields } from './named-fields.tsx'
import { knownChoice, PickRecord } from './pick-record.tsx'
import { useSaved } from './use-saved.ts'

export const ComponentDialog = ({
  product,
  component,
  close,
}: {
  readonly product: Organised<'products'>
  readonly component: Component | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeep('components')
  const saved = useSaved(close)
  const [key, setKey] = useState('')
  const [name, setName] = useState(component?.name ?? '')
  const [team, setTeam] = useState(component?.team.id ?? product.team?.id ?? null)
  const send = (): void => {
    if (team === null) return
    const set = { name: name.trim(), team }
    const asked =
      component === null
        ? { make: { ...set, key: key.trim(), product: product.id } }
        : { id: component.id, set }
    keep.mutate(asked, saved)
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={component === null ? texts.products.addComponent : texts.products.editComponent}
      send={send}
      sendLabel={component === null ? texts.products.addComponent : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== '' && team !== null && (component !== null || key.trim() !== '')}
    >
      <NamedFields keyValue={component === null ? key : null} setKey={setKey} name={name} setName={setName} />
      <PickRecord
        noun="teams"
        label={texts.fields.team}
        value={team}
        choose={setTeam}
        extra={knownChoice(component?.team ?? product.team)}
      />
    </FormDialog>
  )
}
