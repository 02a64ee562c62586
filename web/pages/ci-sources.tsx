import { useState } from 'react'
import { type CiSource, type MadeCiSource, useChangeCiSource, useCiSources } from '../api/deployments.ts'
import { useMay, useSelf } from '../api/session.ts'
import {
  CiSourceDialog,
  NewCiSourceDialog,
  RenewCiSecret,
  ShownCiSecret,
} from '../forms/ci-source-dialogs.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { DeploymentFrame } from '../parts/deployment-frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { type ManagedRow, Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Empty } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { useTexts } from '../texts/desk-texts.tsx'

type Open =
  | { readonly what: 'add' }
  | { readonly what: 'edit' | 'renew'; readonly source: CiSource }
  | { readonly what: 'made'; readonly made: MadeCiSource }

/** Who tells of deployments by itself, when it was last heard, and what went wrong. */
export const CiSources = () => {
  const texts = useTexts()
  const { sources: words } = texts.deployments
  const self = useSelf()
  const mayRead = useMay('connections.read')
  const reason = useMay('connections.write') ? null : roleReason(self, texts)
  const source = useCiSources(mayRead)
  const [open, setOpen] = useState<Open | null>(null)
  const rowOf = useRow(setOpen, reason)
  const close = (): void => setOpen(null)
  const made = (what: MadeCiSource): void => setOpen({ what: 'made', made: what })
  useKeys(words.title, [{ keys: 'a', label: words.add, run: () => setOpen({ what: 'add' }), reason }])
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={words.add}
      reason={reason}
      run={() => setOpen({ what: 'add' })}
    />
  )
  return (
    <DeploymentFrame about={words.about} mayRead={mayRead} action={add}>
      <List
        source={source}
        row={(one) => <Row opens row={rowOf(one.source)} />}
        open={(one) => (reason === null ? setOpen({ what: 'edit', source: one.source }) : undefined)}
        empty={
          <Empty icon="link" title={words.empty} actions={add}>
            {words.emptyAbout}
          </Empty>
        }
      />
      {open?.what === 'add' ? <NewCiSourceDialog close={close} made={made} /> : null}
      {open?.what === 'edit' ? <CiSourceDialog source={open.source} close={close} /> : null}
      {open?.what === 'renew' ? <RenewCiSecret source={open.source} close={close} made={made} /> : null}
      {open?.what === 'made' ? <ShownCiSecret made={open.made} close={close} /> : null}
    </DeploymentFrame>
  )
}

const useRow = (open: (what: Open) => void, reason: string | null): ((source: CiSource) => ManagedRow) => {
  const texts = useTexts()
  const { sources: words } = texts.deployments
  const changing = useChangeCiSource()
  const tellProblem = useTellProblem()
  const set = (
    id: string,
    change: { paused: boolean } | { archived: boolean },
    said: string,
    undo?: () => void,
  ) =>
    changing.mutate(
      { id, set: change },
      {
        onSuccess: () =>
          tell({
            text: said,
            tone: 'good',
            ...(undo === undefined ? {} : { undo: { label: texts.forms.undo, run: undo } }),
          }),
        onError: tellProblem,
      },
    )
  const pause = (id: string, paused: boolean): void =>
    set(id, { paused }, paused ? words.pausedNow : words.resumedNow)
  const end = ({ id, name }: CiSource): void =>
    set(id, { archived: true }, words.ended(name), () => set(id, { archived: false }, words.resumedNow))
  return (source) => ({
    name: source.name,
    face: <Icon name="link" />,
    about: <About source={source} />,
    facts: (
      <>
        {source.pausedAt === null ? null : <Badge tone="warn">{words.paused}</Badge>}
        {source.waiting === 0 ? null : <Badge tone="warn">{words.waiting(source.waiting)}</Badge>}
        <span>
          {source.heardAt === null ? (
            words.never
          ) : (
            <>
              {words.heard} <Time at={source.heardAt} />
            </>
          )}
        </span>
      </>
    ),
    actions: [
      { label: texts.manage.change, reason, run: () => open({ what: 'edit', source }) },
      source.pausedAt === null
        ? { label: words.pause, reason, run: () => pause(source.id, true) }
        : { label: words.resume, reason, run: () => pause(source.id, false) },
      { label: words.renew, reason, run: () => open({ what: 'renew', source }) },
      { label: words.end, reason, run: () => end(source) },
    ],
  })
}

const About = ({ source }: { readonly source: CiSource }) => {
  const texts = useTexts()
  const { sources: words } = texts.deployments
  const { product, kind, refused, ignored } = source
  const why = (text: string): string => texts.sentence(text) ?? text
  return (
    <>
      {product.name} · {words.kinds[kind]}
      {[refused, ignored].map((told, at) =>
        told === null ? null : (
          <span key={at === 0 ? 'refused' : 'ignored'}>
            {' · '}
            {at === 0 ? words.refused(told.count, why(told.why)) : words.ignored(told.count, why(told.why))} (
            <Time at={told.at} />)
          </span>
        ),
      )}
    </>
  )
}
