import { useState } from 'react'
import { NOTE_KINDS, type NoteKind, type NoteStep, whatLacks } from '../../src/domain/release-note.ts'
import { type ReleaseNote, useNoteStep, useReleaseNotes } from '../api/release-notes.ts'
import type { Release } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { NoteDialog } from '../forms/note-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { More } from '../parts/list.tsx'
import { type NoteAction, NoteRow } from '../parts/note-row.tsx'
import { Block } from '../parts/record.tsx'
import { ReleaseFrame } from '../parts/release-frame.tsx'
import styles from '../parts/release-notes.module.css'
import { roleReason } from '../parts/roles.ts'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { UnnotedWork } from '../parts/unnoted-work.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { useListKeys } from '../parts/use-list-keys.ts'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What a release changes for those who use it, and what support says about it. */
export const ReleaseNotes = () => {
  const mayRead = useMay('release-notes.read')
  return <ReleaseFrame>{(release) => (mayRead ? <Notes release={release} /> : <NoRights />)}</ReleaseFrame>
}

type Lacks = ReturnType<typeof whatLacks>
type Open = { readonly note: ReleaseNote | null; readonly lacks?: Lacks } | null

const Notes = ({ release }: { readonly release: Release }) => {
  const texts = useTexts()
  const self = useSelf()
  const { releaseNotes: words } = texts
  const mayWrite = useMay('release-notes.write')
  const notes = useReleaseNotes(release.id, true)
  const [open, setOpen] = useState<Open>(null)
  const reason = mayWrite ? null : roleReason(self, texts)
  const actionsOf = useNoteActions(setOpen)
  const byKind = NOTE_KINDS.map((kind) => [kind, notes.items.filter((note) => note.kind === kind)] as const)
  const inOrder = byKind.flatMap(([, ofKind]) => ofKind)
  const { cursor, ref } = useListKeys(inOrder, (note) => setOpen({ note }))
  const here = inOrder.find(({ id }) => id === cursor)
  const next = here === undefined ? undefined : actionsOf(here)[0]
  useKeys(words.keys, [
    { keys: 'a', label: words.add, run: () => setOpen({ note: null }), reason },
    ...(next === undefined ? [] : [{ keys: 'y', ...next }]),
  ])
  if (notes.isPending) return <Loading />
  if (notes.error !== null && notes.items.length === 0)
    return <Failed error={notes.error} retry={() => void notes.refetch()} />
  const unapproved = notes.items.filter(({ state }) => state !== 'approved').length
  const add = <ActionButton label={words.add} keys="a" reason={reason} run={() => setOpen({ note: null })} />
  const rowsOf = (kind: NoteKind, ofKind: readonly ReleaseNote[]) =>
    ofKind.length === 0 ? null : (
      <Block key={kind} title={`${words.kinds[kind]} (${ofKind.length})`}>
        <ul className={styles.notes}>
          {ofKind.map((note) => (
            <li
              key={note.id}
              data-cursor={note.id === cursor}
              aria-current={note.id === cursor || undefined}
              ref={note.id === cursor ? ref : undefined}
            >
              <NoteRow note={note} actions={actionsOf(note)} />
            </li>
          ))}
        </ul>
      </Block>
    )
  return (
    <>
      {notes.items.length === 0 ? (
        <Empty icon="file" title={words.empty} actions={add}>
          {words.emptyAbout}
        </Empty>
      ) : (
        <>
          <div className={styles.head}>
            <p className="quiet">{words.about}</p>
            {unapproved === 0 ? null : <Badge tone="warn">{words.open(unapproved)}</Badge>}
            {add}
          </div>
          {byKind.map(([kind, ofKind]) => rowsOf(kind, ofKind))}
          <More source={notes} />
        </>
      )}
      <UnnotedWork release={release.id} reason={reason} />
      {open === null ? null : (
        <NoteDialog
          release={release}
          note={open.note}
          lacks={open.lacks ?? null}
          close={() => setOpen(null)}
        />
      )}
    </>
  )
}

const UNDO: Readonly<Partial<Record<NoteStep, NoteStep>>> = {
  ...{ propose: 'withdraw', approve: 'withdraw', remove: 'restore' },
}

/** What can be done with a note, the next step first. */
const useNoteActions = (
  open: (what: Open) => void,
): ((note: ReleaseNote) => readonly [NoteAction, ...NoteAction[]]) => {
  const texts = useTexts()
  const self = useSelf()
  const { releaseNotes: words } = texts
  const none = roleReason(self, texts)
  const [mayWrite, mayApprove] = [useMay('release-notes.write'), useMay('release-notes.approve')]
  const stepping = useNoteStep()
  const tellProblem = useTellProblem()
  const take = (id: string, step: NoteStep, isUndo = false): void => {
    const back = isUndo ? undefined : UNDO[step]
    stepping.mutate(
      { id, step },
      {
        onSuccess: () =>
          tell({
            text: words.done[step],
            tone: 'good',
            ...(back === undefined
              ? {}
              : { undo: { label: texts.forms.undo, run: () => take(id, back, true) } }),
          }),
        onError: tellProblem,
      },
    )
  }
  return (note) => {
    const { id, state } = note
    const step = (label: string, which: NoteStep, may = mayWrite): NoteAction => ({
      ...{ label, reason: may ? null : none },
      run: () => {
        const lacks = which === 'propose' || which === 'approve' ? whatLacks(note) : null
        if (lacks === null) take(id, which)
        else open({ note, lacks })
      },
    })
    const change: NoteAction = {
      ...{ label: words.edit, reason: mayWrite ? null : none, run: () => open({ note }) },
    }
    const remove = step(words.remove, 'remove')
    if (state === 'approved') return [change, step(words.withdraw.approved, 'withdraw'), remove]
    const approve = step(words.approve, 'approve', mayApprove)
    if (state === 'proposed') return [approve, change, step(words.withdraw.proposed, 'withdraw'), remove]
    const propose = step(words.propose, 'propose')
    return mayApprove ? [approve, propose, change, remove] : [propose, change, remove]
  }
}
