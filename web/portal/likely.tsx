import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { likelyQuery } from '../api/portal.ts'
import { Badge } from '../parts/badge.tsx'
import { Go } from '../parts/go.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import styles from './portal.module.css'
import { standingTone } from './request-words.ts'

const TYPED_MS = 300
/** Fewer letters say nothing yet. */
const ASKED_FROM = 4

/** What was asked before and sounds like this, with what we said to it: perhaps the answer is there already. */
export const Likely = ({ title }: { readonly title: string }) => {
  const { portal } = useTexts()
  const [text] = useDebouncedValue(title.trim(), TYPED_MS)
  const isAsked = text.length >= ASKED_FROM
  const found = useQuery({ ...likelyQuery(text), enabled: isAsked, placeholderData: keepPreviousData })
  const items = isAsked ? (found.data?.items ?? []) : []
  return (
    <div role="status">
      {items.length === 0 ? null : (
        <section className={styles.alike}>
          <strong>{portal.alike}</strong>
          <ul>
            {items.map((request) => (
              <li key={request.id}>
                <Go to={paths.request(request.key)}>{`${request.key} ${request.title}`}</Go>{' '}
                <Badge tone={standingTone(request)}>{portal.states[request.state]}</Badge>
                {request.answer === null ? null : <p>{portal.weSaid(request.answer)}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
