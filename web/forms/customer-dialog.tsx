import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Organised, useKeep } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { MessageLanguage } from './message-language.tsx'
import { NamedFields } from './named-fields.tsx'
import { useSaved } from './use-saved.ts'

export const CustomerDialog = ({
  customer,
  close,
}: {
  readonly customer: Organised<'customers'> | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeep('customers')
  const saved = useSaved(close)
  const [key, setKey] = useState('')
  const [name, setName] = useState(customer?.name ?? '')
  const [tier, setTier] = useState(customer?.tier ?? '')
  const [language, setLanguage] = useState(customer?.language ?? null)
  const [takesNotices, setTakes] = useState(customer?.takesNotices ?? true)
  const [revenue, setRevenue] = useState<string | number>(customer?.revenue ?? '')
  const set = {
    ...{ name: name.trim(), tier: tier.trim() === '' ? null : tier.trim() },
    revenue: typeof revenue === 'number' ? revenue : null,
    language,
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={customer === null ? texts.customers.add : texts.customers.edit}
      send={() =>
        keep.mutate(
          customer === null
            ? { make: { ...set, key: key.trim() } }
            : { id: customer.id, set: { ...set, takesNotices } },
          saved,
        )
      }
      sendLabel={customer === null ? texts.customers.add : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== '' && (customer !== null || key.trim() !== '')}
    >
      <NamedFields keyValue={customer === null ? key : null} setKey={setKey} name={name} setName={setName} />
      <TextInput
        label={texts.fields.tier}
        maxLength={200}
        value={tier}
        onChange={(event) => setTier(event.currentTarget.value)}
      />
      <NumberInput
        label={texts.enhancements.revenue}
        description={texts.enhancements.revenueAbout}
        min={0}
        max={1_000_000_000_000}
        allowDecimal={false}
        thousandSeparator=" "
        value={revenue}
        onChange={setRevenue}
      />
      <MessageLanguage value={language} choose={setLanguage} />
      {customer === null ? null : (
        <Checkbox
          size="xs"
          label={texts.outreach.takesNotices}
          checked={takesNotices}
          onChange={(event) => setTakes(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  )
}
