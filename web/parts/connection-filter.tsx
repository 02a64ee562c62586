import { useQuery } from '@tanstack/react-query'
import { connectionsQuery } from '../api/connections.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { WordFilter } from './filter-fields.tsx'

/** One of the connections, or all of them. */
export const ConnectionFilter = ({
  value,
  set,
}: {
  readonly value: string | undefined
  readonly set: (key: string | null) => void
}) => {
  const { waits } = useTexts()
  const connections = useQuery(connectionsQuery)
  return (
    <WordFilter
      label={waits.connection}
      words={Object.fromEntries((connections.data?.items ?? []).map(({ key, title }) => [key, title]))}
      value={value}
      set={set}
    />
  )
}
