import { useState } from 'react'
import { type Organised, useKeep } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { NamedFields } from './named-fields.tsx'
import { knownChoice, PickRecord } from './pick-record.tsx'
import { useSaved } from './use-saved.ts'

export const ProductDialog = ({
  product,
  close,
}: {
  readonly product: Organised<'products'> | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeep('products')
  const saved = useSaved(close)
  const [key, setKey] = useState('')
  const [name, setName] = useState(product?.name ?? '')
  const [team, setTeam] = useState(product?.team?.id ?? null)
  const set = { name: name.trim(), team }
  return (
    <FormDialog
      isOpen
      close={close}
      title={product === null ? texts.products.add : texts.products.edit}
      send={() =>
        keep.mutate(product === null ? { make: { ...set, key: key.trim() } } : { id: product.id, set }, saved)
      }
      sendLabel={product === null ? texts.products.add : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== '' && (product !== null || key.trim() !== '')}
    >
      <NamedFields keyValue={product === null ? key : null} setKey={setKey} name={name} setName={setName} />
      <PickRecord
        noun="teams"
        label={texts.fields.team}
        placeholder={texts.fields.none}
        value={team}
        choose={setTeam}
        extra={knownChoice(product?.team)}
      />
    </FormDialog>
  )
}
