import { TeamDialog } from '../forms/team-dialog.tsx'
import { ManagedList } from '../parts/managed-list.tsx'
import { Face } from '../parts/person.tsx'
import { PeopleTabs } from '../parts/tabs.tsx'
import { useArchiving } from '../parts/use-archiving.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** As many faces as fit; the rest is a number. */
const FACES = 6

export const Teams = () => {
  const texts = useTexts()
  const archiving = useArchiving('teams')
  return (
    <ManagedList
      noun="teams"
      icon="people"
      words={texts.teams}
      address={paths.teams}
      rules={{ read: 'organisation.read', write: 'teams.write' }}
      tabs={<PeopleTabs />}
      row={(team, edit, whyNot) => ({
        name: team.name,
        about: `${team.key} · ${texts.teams.count(team.members.length)}`,
        facts: team.members.slice(0, FACES).map(({ id, name }) => <Face key={id} name={name} />),
        actions: [{ label: texts.manage.change, reason: whyNot, run: edit }, archiving(team, whyNot)],
      })}
      dialog={(team, close) => <TeamDialog team={team} close={close} />}
    />
  )
}
