import { useQuery } from '@tanstack/react-query'
import { differencesQuery, type TracedWorkItem } from '../api/trace.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Callout } from './record.tsx'
import { FormProblem } from './states.tsx'
import { WORK_ITEM_TONES } from './tones.ts'
import styles from './trace.module.css'

/** Where what people planned for a release and what its commits say part: somebody is wrong about what customers get. */
export const ReleaseDifferences = ({ id }: { readonly id: string }) => {
  const { trace: words } = useTexts()
  const found = useQuery(differencesQuery(id))
  if (found.isError && found.data === undefined) return <FormProblem error={found.error} />
  if (found.data === undefined) return null
  const { missing, unplanned, isWhole } = found.data
  return (
    <>
      {missing.length + unplanned.length === 0 ? null : (
        <Callout tone={missing.length === 0 ? 'info' : 'warn'} title={words.differ}>
          <Ones title={words.missing} items={missing} />
          <Ones title={words.unplanned} items={unplanned} />
        </Callout>
      )}
      {isWhole ? null : <p className="quiet plain">{words.tooMuch}</p>}
    </>
  )
}

/** As many as one looks through; the rest is counted. */
const SHOWN = 12

const Ones = ({
  title,
  items,
}: {
  readonly title: string
  readonly items: readonly Pick<TracedWorkItem, 'id' | 'key' | 'title' | 'state'>[]
}) => {
  const texts = useTexts()
  if (items.length === 0) return null
  return (
    <div>
      <p>{texts.trace.counted(title, items.length)}</p>
      <ul className={styles.links}>
        {items.slice(0, SHOWN).map((item) => (
          <li key={item.id}>
            <Go to={paths.workItem(item.key)}>{item.key}</Go> {item.title}{' '}
            <Badge tone={WORK_ITEM_TONES[item.state]}>{texts.words.workItemState[item.state]}</Badge>
          </li>
        ))}
        {items.length > SHOWN ? <li className="quiet">{texts.trace.further(items.length - SHOWN)}</li> : null}
      </ul>
    </div>
  )
}
