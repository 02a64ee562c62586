import { useState } from 'react'
import {
  type AcceptanceCase,
  type SuggestedCase,
  useCaseStep,
  useCases,
  useSuggestedCases,
} from '../api/go-live.ts'
import type { Release } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { CaseDialog, RunDialog } from '../forms/case-dialogs.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { CaseRow } from '../parts/case-row.tsx'
import styles from '../parts/go-live.module.css'
import { More } from '../parts/list.tsx'
import { Block } from '../parts/record.tsx'
import { ReleaseFrame } from '../parts/release-frame.tsx'
import { roleReason } from '../parts/roles.ts'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { useListKeys } from '../parts/use-list-keys.ts'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What is tried before a release goes live, and what came of it. */
export const ReleaseAcceptance = () => {
  const mayRead = useMay('go-live.read')
  return <ReleaseFrame>{(release) => (mayRead ? <Cases release={release} /> : <NoRights />)}</ReleaseFrame>
}

type Open =
  | { readonly what: 'write'; readonly one: AcceptanceCase | null; readonly from?: SuggestedCase }
  | { readonly what: 'run'; readonly one: AcceptanceCase }

const Cases = ({ release }: { readonly release: Release }) => {
  const texts = useTexts()
  const { acceptance: words } = texts
  const self = useSelf()
  const [mayWrite, mayRun] = [useMay('acceptance.write'), useMay('acceptance.run')]
  const [open, setOpen] = useState<Open | null>(null)
  const cases = useCases(release.id)
  const dropping = useRemove()
  const none = roleReason(self, texts)
  const reason = mayWrite ? null : none
  const write = (): void => setOpen({ what: 'write', one: null })
  const { cursor, ref } = useListKeys(cases.items, (one) =>
    setOpen(mayRun ? { what: 'run', one } : { what: 'write', one }),
  )
  useKeys(words.keys, [{ keys: 'a', label: words.add, run: write, reason }])
  if (cases.isPending) return <Loading />
  if (cases.error !== null && cases.items.length === 0)
    return <Failed error={cases.error} retry={() => void cases.refetch()} />
  const add = <ActionButton label={words.add} keys="a" reason={reason} run={write} />
  const passed = cases.items.filter(({ standing }) => standing === 'passed').length
  const all = cases.items.length
  const close = (): void => setOpen(null)
  return (
    <>
      {all === 0 ? (
        <Empty icon="tag" title={words.empty} actions={add}>
          {words.emptyAbout}
        </Empty>
      ) : (
        <Block title={words.title}>
          <div className={styles.add}>
            <p className="quiet">{words.about}</p>
            <Badge tone={passed === all ? 'good' : 'warn'}>{words.passed(passed, all)}</Badge>
            {add}
          </div>
          <ul className={styles.rows}>
            {cases.items.map((one) => (
              <li
                key={one.id}
                data-cursor={one.id === cursor}
                aria-current={one.id === cursor || undefined}
                ref={one.id === cursor ? ref : undefined}
              >
                <CaseRow
                  one={one}
                  actions={[
                    {
                      label: words.run,
                      reason: mayRun ? null : none,
                      run: () => setOpen({ what: 'run', one }),
                    },
                    { label: words.edit, reason, run: () => setOpen({ what: 'write', one }) },
                    { label: words.remove, reason, run: () => dropping(one.id, 'remove') },
                  ]}
                />
              </li>
            ))}
          </ul>
          <More source={cases} />
        </Block>
      )}
      <Suggested
        release={release.id}
        reason={reason}
        take={(from) => setOpen({ what: 'write', one: null, from })}
      />
      {open?.what === 'run' ? <RunDialog one={open.one} close={close} /> : null}
      {open?.what === 'write' ? (
        <CaseDialog release={release} one={open.one} from={open.from ?? null} close={close} />
      ) : null}
    </>
  )
}

/** Removes a case or brings it back, with the way back. */
const useRemove = () => {
  const { acceptance: words, forms } = useTexts()
  const step = useCaseStep()
  const tellProblem = useTellProblem()
  const take = (id: string, which: 'remove' | 'restore'): void =>
    step.mutate(
      { id, step: which },
      {
        onSuccess: () =>
          tell({
            text: which === 'remove' ? words.removed : words.restored,
            tone: 'good',
            ...(which === 'restore' ? {} : { undo: { label: forms.undo, run: () => take(id, 'restore') } }),
          }),
        onError: tellProblem,
      },
    )
  return take
}

const Suggested = ({
  release,
  reason,
  take,
}: {
  readonly release: string
  readonly reason: string | null
  readonly take: (from: SuggestedCase) => void
}) => {
  const { acceptance: words } = useTexts()
  const mayRead = useMay('tickets.read')
  const suggested = useSuggestedCases(release, mayRead)
  if (suggested.isError) return <Failed error={suggested.error} retry={() => void suggested.refetch()} />
  if (suggested.data === undefined || suggested.data.items.length === 0) return null
  return (
    <Block title={words.suggested}>
      <p className="quiet plain">{words.suggestedAbout}</p>
      <ul className={styles.rows}>
        {suggested.data.items.map((one) => (
          <li key={one.ticket.id}>
            <div className={styles.words}>
              <strong>{one.title}</strong>
              <small>{[one.component?.name, words.tickets(one.tickets)].filter(Boolean).join(' · ')}</small>
            </div>
            <ActionButton
              label={words.take}
              fullLabel={`${words.take}: ${one.title}`}
              reason={reason}
              run={() => take(one)}
            />
          </li>
        ))}
      </ul>
    </Block>
  )
}
