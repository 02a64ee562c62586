import { Modal, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  type ConnectionConfiguration,
  comparedQuery,
  configurationQuery,
  useRestore,
  useVersions,
  type Version,
} from '../api/connections.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { Badge } from '../parts/badge.tsx'
import { ConnectionTabs } from '../parts/connection-tabs.tsx'
import { useParam } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import styles from '../parts/mapping.module.css'
import { Reach } from '../parts/reach.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** Who changed what crosses, when and how; an older version is one dialog away. */
export const ConnectionVersions = () => {
  const key = useParam('key')
  const mayRead = useMay('configuration.read')
  const found = useQuery({ ...configurationQuery(key), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (found.isPending) return <Loading />
  if (found.data === undefined)
    return <Failed isScreen error={found.error} retry={() => void found.refetch()} />
  return <Versions found={found.data} />
}

const Versions = ({ found }: { readonly found: ConnectionConfiguration }) => {
  const texts = useTexts()
  const { versions: words } = texts
  const self = useSelf()
  const source = useVersions(found.key)
  const [open, setOpen] = useState<{ readonly version: number; readonly what: 'compare' | 'restore' } | null>(
    null,
  )
  const close = (): void => setOpen(null)
  const reason = mayDo(self, 'configuration.write') ? null : roleReason(self, texts)
  const compare = (version: Version): void => setOpen({ version: version.version, what: 'compare' })
  const { title } = found.connection
  return (
    <>
      <ScreenHead title={words.title(title)} about={words.about} />
      <ConnectionTabs of={found.key} title={title} />
      <List
        source={{
          ...source,
          items: source.items.map((version) => ({
            id: String(version.version),
            key: String(version.version),
            version,
          })),
        }}
        row={({ version }) => (
          <Row
            opens
            row={{
              name: words.version(version.version),
              face: <Icon name="file" />,
              about: (
                <>
                  {version.by.name} · <Time at={version.at} /> ·{' '}
                  {version.restoredFrom === null
                    ? words.sources[version.source]
                    : words.restoredFrom(version.restoredFrom)}
                  {version.words.length === 0 ? null : ` · ${version.words[0]}`}
                </>
              ),
              facts: (
                <>
                  {version.words.length === 0 ? null : <span>{words.changes(version.words.length)}</span>}
                  {version.isCurrent ? <Badge tone="good">{words.current}</Badge> : null}
                </>
              ),
              actions: [
                { label: words.compare, reason: null, run: () => compare(version) },
                {
                  label: words.restore,
                  reason: version.isCurrent ? words.current : reason,
                  run: () => setOpen({ version: version.version, what: 'restore' }),
                },
              ],
            }}
          />
        )}
        open={({ version }) => compare(version)}
        empty={<Empty title={words.empty}>{words.emptyAbout}</Empty>}
      />
      {open?.what === 'compare' ? (
        <Compare of={found.key} version={open.version} other={found.mappingVersion} close={close} />
      ) : null}
      {open?.what === 'restore' ? <Restore of={found.key} version={open.version} close={close} /> : null}
    </>
  )
}

const Compare = ({
  of,
  version,
  other,
  close,
}: {
  readonly of: string
  readonly version: number
  readonly other: number
  readonly close: () => void
}) => {
  const { versions: words } = useTexts()
  const compared = useQuery(comparedQuery(of, version, other))
  return (
    <Modal opened onClose={close} title={words.compareTitle(version, other)} size="lg">
      {compared.isPending ? <Loading /> : null}
      {compared.error !== null ? (
        <Failed error={compared.error} retry={() => void compared.refetch()} />
      ) : null}
      {compared.data === undefined ? null : (
        <Stack gap="sm">
          {compared.data.words.length === 0 ? (
            <p className="plain">{words.same}</p>
          ) : (
            <>
              <p className="quiet plain">{words.compareAbout}</p>
              <ul className={styles.words}>
                {compared.data.words.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </>
          )}
          <details>
            <summary>{words.view}</summary>
            <pre className={styles.document}>{JSON.stringify(compared.data.mapping, null, 2)}</pre>
          </details>
        </Stack>
      )}
    </Modal>
  )
}

const Restore = ({
  of,
  version,
  close,
}: {
  readonly of: string
  readonly version: number
  readonly close: () => void
}) => {
  const { versions: words, mapping } = useTexts()
  const trying = useRestore(of)
  const restoring = useRestore(of)
  const { mutate } = trying
  useEffect(() => mutate({ version, dryRun: true }), [mutate, version])
  const tried = trying.data
  return (
    <FormDialog
      isOpen
      close={close}
      title={`${words.restoreDo}: ${words.version(version)}`}
      size="lg"
      send={() =>
        restoring.mutate(
          { version, dryRun: false },
          {
            onSuccess: () => {
              close()
              tell({ text: words.restored(version), tone: 'good' })
            },
          },
        )
      }
      sendLabel={words.restoreDo}
      isSending={restoring.isPending}
      error={restoring.error ?? trying.error}
      isReady={tried !== undefined && tried.problems.length === 0 && tried.changes.length > 0}
    >
      {trying.isPending ? (
        <p className="quiet plain" role="status">
          {mapping.trying}
        </p>
      ) : null}
      {tried === undefined ? null : <Reach saved={tried} />}
    </FormDialog>
  )
}
