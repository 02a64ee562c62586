import { CustomerDialog } from '../forms/customer-dialog.tsx'
import { Badge } from '../parts/badge.tsx'
import { ManagedList } from '../parts/managed-list.tsx'
import { Face } from '../parts/person.tsx'
import { CustomerTabs } from '../parts/tabs.tsx'
import { useArchiving } from '../parts/use-archiving.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Customers = () => {
  const texts = useTexts()
  const archiving = useArchiving('customers')
  return (
    <ManagedList
      noun="customers"
      icon="house"
      words={texts.customers}
      address={paths.customers}
      rules={{ read: 'organisation.read', write: 'organisation.write' }}
      tabs={<CustomerTabs />}
      row={(customer, edit, whyNot) => ({
        name: customer.name,
        face: <Face name={customer.name} large />,
        about: `${customer.key} · ${texts.customers.open(customer.openTickets)}`,
        facts: customer.tier === null ? null : <Badge tone="plain">{customer.tier}</Badge>,
        actions: [{ label: texts.manage.change, reason: whyNot, run: edit }, archiving(customer, whyNot)],
      })}
      dialog={(customer, close) => <CustomerDialog customer={customer} close={close} />}
    />
  )
}
