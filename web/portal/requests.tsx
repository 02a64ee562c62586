import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { TICKET_STATES } from '../../src/domain/words.ts'
import { colleaguesQuery, type ListedRequest, type RequestQuery, useRequests } from '../api/portal.ts'
import { useSelf } from '../api/session.ts'
import { Badge } from '../parts/badge.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import styles from './portal.module.css'
import { usePromiseWords } from './promise-words.ts'
import { standingTone, standingWords } from './request-words.ts'

const KNOWN = { state: TICKET_STATES, person: 'any', text: 'any' } as const

/** A customer's own requests; of who looks after an organisation, all of theirs. */
export const Requests = () => {
  const texts = useTexts()
  const { portal } = texts
  const go = useGo()
  const seesAll = useSelf().roles.includes('customer admin')
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.requests)
  const requests = useRequests(filters as RequestQuery)
  const ask = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => go(paths.newRequest())}>
      {portal.newRequest}
    </Button>
  )
  return (
    <>
      <ScreenHead
        title={seesAll ? portal.theirs : portal.mine}
        about={seesAll ? portal.theirsAbout : portal.mineAbout}
      >
        {ask}
      </ScreenHead>
      <Filters label={texts.filters.title}>
        <TextFilter label={portal.search} value={filters.text} set={(text) => set('text', text)} />
        <WordFilter
          label={portal.state}
          words={portal.states}
          value={filters.state}
          set={(word) => set('state', word)}
        />
        {seesAll ? <PersonFilter value={filters.person} set={(person) => set('person', person)} /> : null}
      </Filters>
      <List
        source={requests}
        row={(request) => <Line request={request} showsWho={seesAll} />}
        open={({ key }) => go(paths.request(key))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={portal.none}
              actions={
                <>
                  <Button variant="default" onClick={clear}>
                    {texts.filters.clear}
                  </Button>
                  {ask}
                </>
              }
            >
              {portal.noneAbout}
            </Empty>
          ) : (
            <Empty icon="ticket" title={portal.empty} actions={ask}>
              {portal.emptyAbout}
            </Empty>
          )
        }
      />
    </>
  )
}

/** Who of the organisation asked. */
const PersonFilter = ({
  value,
  set,
}: {
  readonly value: string | undefined
  readonly set: (id: string | null) => void
}) => {
  const { portal } = useTexts()
  const people = useQuery(colleaguesQuery)
  return (
    <Select
      aria-label={portal.who}
      placeholder={portal.who}
      data={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={set}
      searchable
      clearable
    />
  )
}

const Line = ({ request, showsWho }: { readonly request: ListedRequest; readonly showsWho: boolean }) => {
  const texts = useTexts()
  const promised = usePromiseWords()
  const { contact, promise } = request
  const fix = texts.portal.fix[request.progress] ?? null
  const about = [standingWords(request, texts), fix, promise === null ? null : promised(promise)]
  return (
    <Go to={paths.request(request.key)} className={styles.request}>
      <span className={styles.key}>{request.key}</span>
      <span className={styles.title}>
        {request.title}
        <small>{about.filter(Boolean).join(' ')}</small>
        {showsWho && contact !== null ? <small>{texts.portal.askedBy(contact.name)}</small> : null}
      </span>
      <Badge tone={standingTone(request)}>{texts.portal.states[request.state]}</Badge>
      <span className={styles.when}>
        <Time at={request.updatedAt} short />
      </span>
    </Go>
  )
}
