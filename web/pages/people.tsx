import { useState } from 'react'
import { grantFault, tokenFault } from '../../src/domain/grants.ts'
import type { Holder } from '../api/administration.ts'
import type { Organised } from '../api/organisation.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { InviteDialog, type Invited } from '../forms/invite-dialog.tsx'
import { PersonDialog } from '../forms/person-dialog.tsx'
import { ResetFactorDialog } from '../forms/reset-factor-dialog.tsx'
import { Badge } from '../parts/badge.tsx'
import { useGo } from '../parts/go.tsx'
import { ManagedList } from '../parts/managed-list.tsx'
import { Face } from '../parts/person.tsx'
import { grantWords } from '../parts/problem-words.ts'
import { roleReason } from '../parts/roles.ts'
import { PeopleTabs } from '../parts/tabs.tsx'
import { useArchiving } from '../parts/use-archiving.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const People = () => {
  const texts = useTexts()
  const self = useSelf()
  const archiving = useArchiving('people')
  const [invited, setInvited] = useState<Invited | null>(null)
  const [resetting, setResetting] = useState<Holder | null>(null)
  const mayInvite = mayDo(self, 'tokens.manage')
  /** The rules about owners hold for all that is done with one, see src/domain/grants.ts. */
  const againstTouching = ({ id, roles }: Organised<'people'>): string | null =>
    grantWords(grantFault(self.roles, { before: roles, after: roles, isSelf: id === self.personId }), texts)
  const go = useGo()
  const againstInviting = ({ id, roles, archivedAt }: Organised<'people'>): string | null => {
    if (!mayInvite) return roleReason(self, texts)
    if (archivedAt !== null) return texts.manage.archivedOnes.true
    return grantWords(tokenFault(self.roles, { roles, holder: roles, isSelf: id === self.personId }), texts)
  }
  return (
    <>
      <ManagedList
        noun="people"
        icon="people"
        words={texts.people}
        address={paths.people}
        rules={{ read: 'people.read', write: 'people.write' }}
        tabs={<PeopleTabs />}
        row={(person, edit, whyNot) => {
          const reason = whyNot ?? againstTouching(person)
          return {
            name: person.name,
            face: <Face name={person.name} large />,
            about: [
              person.email,
              person.teams.map(({ name }) => name).join(', ') || texts.people.noTeam,
              ...(person.id === self.personId ? [texts.people.you] : []),
            ].join(' · '),
            facts: person.roles.map((role) => (
              <Badge key={role} tone="plain">
                {texts.words.role[role]}
              </Badge>
            )),
            actions: [
              { label: texts.manage.change, reason, run: edit },
              {
                label: texts.invite.action,
                reason: againstInviting(person),
                run: () => setInvited({ personId: person.id, name: person.name, roles: person.roles }),
              },
              {
                label: texts.resetFactor.action,
                reason: mayInvite
                  ? (reason ?? (person.id === self.personId ? texts.told['own-second-factor']({}) : null))
                  : roleReason(self, texts),
                run: () => setResetting({ noun: 'people', id: person.id, name: person.name }),
              },
              {
                label: texts.causes.cost.title,
                reason: mayDo(self, 'tickets.read') ? null : roleReason(self, texts),
                run: () => go(paths.personCost(person.id)),
              },
              archiving(person, reason),
            ],
          }
        }}
        dialog={(person, close) => <PersonDialog person={person} close={close} invite={setInvited} />}
      />
      {resetting === null ? null : <ResetFactorDialog holder={resetting} close={() => setResetting(null)} />}
      {invited === null ? null : <InviteDialog invited={invited} close={() => setInvited(null)} />}
    </>
  )
}
