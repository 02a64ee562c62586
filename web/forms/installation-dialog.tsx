import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Organised, useKeep } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'
import { useSaved } from './use-saved.ts'

/** Whose it is and what it is stays; which version runs there changes. */
export const InstallationDialog = ({
  installation,
  close,
}: {
  readonly installation: Organised<'installations'> | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeep('installations')
  const saved = useSaved(close)
  const [customer, setCustomer] = useState<string | null>(null)
  const [product, setProduct] = useState<string | null>(null)
  const [environment, setEnvironment] = useState('')
  const [version, setVersion] = useState(installation?.version ?? '')
  const set = { version: version.trim() === '' ? null : version.trim() }
  const send = (): void => {
    if (installation !== null) keep.mutate({ id: installation.id, set }, saved)
    else if (customer !== null && product !== null)
      keep.mutate({ make: { ...set, customer, product, environment: environment.trim() } }, saved)
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={installation === null ? texts.installations.add : texts.installations.edit}
      send={send}
      sendLabel={installation === null ? texts.installations.add : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={installation !== null || (customer !== null && product !== null && environment.trim() !== '')}
    >
      {installation === null ? (
        <>
          <PickRecord noun="customers" label={texts.fields.customer} value={customer} choose={setCustomer} />
          <PickRecord noun="products" label={texts.fields.product} value={product} choose={setProduct} />
          <TextInput
            label={texts.fields.environment}
            required
            maxLength={100}
            value={environment}
            onChange={(event) => setEnvironment(event.currentTarget.value)}
          />
        </>
      ) : (
        <p className="plain">{`${installation.customer.name} · ${installation.product.name} · ${installation.environment}`}</p>
      )}
      <TextInput
        label={texts.fields.version}
        maxLength={200}
        value={version}
        onChange={(event) => setVersion(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
