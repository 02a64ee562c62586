import { useQuery } from '@tanstack/react-query'
import { costsQuery } from '../api/causes.ts'
import { useChanges } from '../api/changes.ts'
import { useMay } from '../api/session.ts'
import { Badge } from '../parts/badge.tsx'
import styles from '../parts/change.module.css'
import { Cost } from '../parts/cost.tsx'
import { Go, useParam } from '../parts/go.tsx'
import { More } from '../parts/list.tsx'
import { Block, RecordHead, RecordLayout } from '../parts/record.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { CHANGE_TONES } from '../parts/tones.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What somebody changes, and what that cost others. */
export const PersonCost = () => {
  const id = useParam('id')
  const mayRead = useMay('tickets.read')
  const costs = useQuery({ ...costsQuery({ person: id }), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (costs.isPending) return <Loading />
  if (costs.data === undefined)
    return <Failed isScreen error={costs.error} retry={() => void costs.refetch()} />
  return <OnePerson id={id} name={costs.data.of?.name ?? ''} />
}

const OnePerson = ({ id, name }: { readonly id: string; readonly name: string }) => {
  const texts = useTexts()
  const { person } = texts.causes
  const changes = useChanges({ owner: id }, useMay('changes.read'))
  useTabTitle(name)
  return (
    <RecordLayout panel={null}>
      <RecordHead title={name} crumbs={<Go to={paths.people({ text: name })}>{texts.people.title}</Go>}>
        {null}
      </RecordHead>
      <Cost of={{ person: id }} />
      <Block title={person.changes}>
        {changes.items.length === 0 ? <p className="quiet">{person.none}</p> : null}
        <ul className={styles.keys}>
          {changes.items.map(({ key, title, state }) => (
            <li key={key}>
              <Go to={paths.change(key)}>
                {key} {title}
              </Go>
              <Badge tone={CHANGE_TONES[state]}>{texts.words.changeState[state]}</Badge>
            </li>
          ))}
        </ul>
        <More source={changes} />
      </Block>
    </RecordLayout>
  )
}
