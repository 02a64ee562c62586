import { InstallationDialog } from '../forms/installation-dialog.tsx'
import { Badge } from '../parts/badge.tsx'
import { Icon } from '../parts/icons.tsx'
import { ManagedList } from '../parts/managed-list.tsx'
import { CustomerTabs } from '../parts/tabs.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Installations = () => {
  const texts = useTexts()
  return (
    <ManagedList
      noun="installations"
      icon="box"
      words={texts.installations}
      address={paths.installations}
      rules={{ read: 'organisation.read', write: 'organisation.write' }}
      tabs={<CustomerTabs />}
      isSearched={false}
      row={({ customer, product, environment, release, version }, edit, whyNot) => ({
        name: `${customer.name} · ${product.name}`,
        face: <Icon name="box" />,
        about: environment,
        facts: <Badge tone="plain">{release?.name ?? version ?? texts.fields.none}</Badge>,
        actions: [{ label: texts.manage.change, reason: whyNot, run: edit }],
      })}
      dialog={(installation, close) => <InstallationDialog installation={installation} close={close} />}
    />
  )
}
