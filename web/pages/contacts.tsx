import { useState } from 'react'
import type { Holder } from '../api/administration.ts'
import type { Organised } from '../api/organisation.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { ContactDialog } from '../forms/contact-dialog.tsx'
import { InviteDialog, type Invited } from '../forms/invite-dialog.tsx'
import { ResetFactorDialog } from '../forms/reset-factor-dialog.tsx'
import { Badge } from '../parts/badge.tsx'
import { ManagedList } from '../parts/managed-list.tsx'
import { Face } from '../parts/person.tsx'
import { roleReason } from '../parts/roles.ts'
import { CustomerTabs } from '../parts/tabs.tsx'
import { useArchiving } from '../parts/use-archiving.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Contacts = () => {
  const texts = useTexts()
  const self = useSelf()
  const archiving = useArchiving('contacts')
  const [invited, setInvited] = useState<Invited | null>(null)
  const [resetting, setResetting] = useState<Holder | null>(null)
  /** The portal shows what belongs to an organisation, and one signs in with an address. */
  const againstInviting = ({ email, customer, archivedAt }: Organised<'contacts'>): string | null => {
    if (!mayDo(self, 'tokens.manage')) return roleReason(self, texts)
    if (archivedAt !== null) return texts.manage.archivedOnes.true
    if (customer === null) return texts.contacts.noCustomer
    return email === null ? texts.contacts.noEmail : null
  }
  const againstResetting = ({ archivedAt }: Organised<'contacts'>): string | null => {
    if (!mayDo(self, 'tokens.manage')) return roleReason(self, texts)
    return archivedAt === null ? null : texts.manage.archivedOnes.true
  }
  return (
    <>
      <ManagedList
        noun="contacts"
        icon="person"
        words={texts.contacts}
        address={paths.contacts}
        rules={{ read: 'organisation.read', write: 'organisation.write' }}
        tabs={<CustomerTabs />}
        row={(contact, edit, whyNot) => ({
          name: contact.name,
          face: <Face name={contact.name} large />,
          about: [contact.email, contact.customer?.name ?? texts.contacts.noCustomer]
            .filter(Boolean)
            .join(' · '),
          facts: contact.isAdmin ? <Badge tone="plain">{texts.contacts.admin}</Badge> : null,
          actions: [
            { label: texts.manage.change, reason: whyNot, run: edit },
            {
              label: texts.invite.action,
              reason: againstInviting(contact),
              run: () =>
                setInvited({
                  contactId: contact.id,
                  name: contact.name,
                  roles: [contact.isAdmin ? 'customer admin' : 'customer'],
                }),
            },
            {
              label: texts.resetFactor.action,
              reason: againstResetting(contact),
              run: () => setResetting({ noun: 'contacts', id: contact.id, name: contact.name }),
            },
            archiving(contact, whyNot),
          ],
        })}
        dialog={(contact, close) => <ContactDialog contact={contact} close={close} />}
      />
      {resetting === null ? null : <ResetFactorDialog holder={resetting} close={() => setResetting(null)} />}
      {invited === null ? null : <InviteDialog invited={invited} close={() => setInvited(null)} />}
    </>
  )
}
