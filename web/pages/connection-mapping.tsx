import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type ConnectionConfiguration,
  configurationQuery,
  descriptionQuery,
  type Saved,
} from '../api/connections.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { MappingFields } from '../forms/mapping-fields.tsx'
import { MappingPreview } from '../forms/mapping-preview.tsx'
import { MappingStatuses } from '../forms/mapping-statuses.tsx'
import { MappingLists, MappingScope, MappingWords } from '../forms/mapping-words.tsx'
import { SaveMapping } from '../forms/save-mapping.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Cards } from '../parts/card.tsx'
import { ConnectionTabs } from '../parts/connection-tabs.tsx'
import { useParam } from '../parts/go.tsx'
import styles from '../parts/mapping.module.css'
import { allSaidTwice, type MappingDraft, suggest, toDraft, toMapping } from '../parts/mapping-draft.ts'
import { Callout } from '../parts/record.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** What crosses on one connection, as a table: tried on what is stored and on real items before it is saved. */
export const ConnectionMapping = () => {
  const key = useParam('key')
  const mayRead = useMay('configuration.read')
  const found = useQuery({ ...configurationQuery(key), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (found.isPending) return <Loading />
  if (found.data === undefined)
    return <Failed isScreen error={found.error} retry={() => void found.refetch()} />
  // a mapping that somebody else saved meanwhile is another one to begin from
  return <Editor key={found.data.revision} found={found.data} />
}

const Editor = ({ found }: { readonly found: ConnectionConfiguration }) => {
  const texts = useTexts()
  const words = texts.mapping
  const self = useSelf()
  const { key, connection, ours } = found
  const mayWrite = mayDo(self, 'configuration.write')
  const described = useQuery({ ...descriptionQuery(key), enabled: mayDo(self, 'connections.write') })
  const [draft, setDraft] = useState<MappingDraft>(() => toDraft(connection.mapping))
  const [problems, setProblems] = useState<Saved['problems']>([])
  const [isSaving, setSaving] = useState(false)
  const mapping = toMapping(draft)
  const isChanged = JSON.stringify(mapping) !== JSON.stringify(toMapping(toDraft(connection.mapping)))
  const twice = allSaidTwice(draft)
  const record = connection.party === 'desk' ? 'ticket' : 'work item'
  const change = (next: MappingDraft): void => {
    setDraft(next)
    setProblems([])
  }
  const part = {
    draft,
    change,
    party: connection.party,
    ours,
    described: described.data,
    isDisabled: !mayWrite,
  }
  const why = !mayWrite
    ? roleReason(self, texts)
    : twice.length > 0
      ? words.twice(twice.join(', '))
      : isChanged
        ? null
        : words.nothingChanges
  return (
    <>
      <ScreenHead title={words.title(connection.title)} />
      <ConnectionTabs of={key} title={connection.title} />
      <div className={styles.bar}>
        <span className="quiet" role="status">
          {isChanged ? words.unsaved : words.saved(found.mappingVersion)}
        </span>
        {isChanged ? (
          <Button variant="subtle" onClick={() => change(toDraft(connection.mapping))}>
            {words.discard}
          </Button>
        ) : null}
        <ActionButton variant="filled" label={words.review} reason={why} run={() => setSaving(true)} />
      </div>
      <Cards isWide>
        {found.lastMapped?.source === 'file' ? (
          <Callout tone="info" title={texts.versions.sources.file}>
            <p>{words.fromFile(found.lastMapped.by.name)}</p>
          </Callout>
        ) : null}
        {mayWrite ? null : (
          <Callout tone="info" title={texts.states.noRights}>
            <p>{words.readOnly}</p>
          </Callout>
        )}
        {described.error === null ? null : (
          <Callout tone="warn" title={words.noTool}>
            <p>{described.error instanceof Error ? described.error.message : null}</p>
          </Callout>
        )}
        {described.data !== undefined && mayWrite && draft.fields.length === 0 ? (
          <div>
            <ActionButton
              label={words.suggest}
              reason={null}
              run={() => {
                change(suggest(draft, described.data, record))
                tell({ text: words.suggested, tone: 'good' })
              }}
            />
          </div>
        ) : null}
        <MappingScope {...part} />
        <MappingFields
          fields={draft.fields}
          change={(fields) => change({ ...draft, fields })}
          problems={problemsOfLines(problems, draft)}
          ours={ours}
          described={described.data}
          isDisabled={!mayWrite}
        />
        <MappingStatuses
          status={draft.status}
          change={(status) => change({ ...draft, status })}
          problem={problemBelow(problems, 'mapping.statuses')}
          states={ours.states}
          described={described.data}
          isDisabled={!mayWrite}
        />
        <MappingWords
          {...part}
          problem={
            problemBelow(problems, 'mapping.comments') ?? problemBelow(problems, 'mapping.attachments')
          }
        />
        <MappingLists {...part} />
        <MappingPreview of={key} mapping={mapping} />
      </Cards>
      {isSaving ? (
        <SaveMapping found={found} mapping={mapping} close={() => setSaving(false)} wrong={setProblems} />
      ) : null}
    </>
  )
}

const sentence = ({ what, todo }: Saved['problems'][number]): string => `${what}. ${todo}`

const problemBelow = (problems: Saved['problems'], path: string): string | null => {
  const found = problems.find((problem) => problem.path.startsWith(path))
  return found === undefined ? null : sentence(found)
}

/** The server counts lines that are written; half typed ones are not sent. */
const problemsOfLines = (problems: Saved['problems'], draft: MappingDraft): ReadonlyMap<number, string> => {
  const sent = draft.fields.flatMap(({ hub, tool }, index) =>
    hub.trim() === '' || tool.trim() === '' ? [] : [index],
  )
  return new Map(
    problems.flatMap((problem) => {
      const at = /^mapping\.fields\[(\d+)\]/.exec(problem.path)?.[1]
      const index = at === undefined ? undefined : sent[Number(at)]
      return index === undefined ? [] : [[index, sentence(problem)] as const]
    }),
  )
}
