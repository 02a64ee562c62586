import { Button, Checkbox } from '@mantine/core'
import { type DragEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Audience } from '../../src/domain/audience.ts'
import { fillMacro, unfilled } from '../../src/domain/macro.ts'
import { useMay, useSelf } from '../api/session.ts'
import { type Home, useSay } from '../api/timeline.ts'
import { KeyCaps } from '../parts/action-button.tsx'
import styles from '../parts/composer.module.css'
import { EMPTY } from '../parts/drafts.ts'
import { useSize } from '../parts/files.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { useRichEditor } from '../parts/preferences.ts'
import { isRichEnough } from '../parts/rich-enough.ts'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { stillNamed, type TypedCall } from '../parts/typed-call.ts'
import { useDrafts } from '../parts/use-drafts.ts'
import { useMacroFacts } from '../parts/use-macro-facts.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { CALLED_ID, CalledList, useCalled } from './called-list.tsx'
import { ChosenFiles, useChosenFiles } from './composer-files.tsx'
import type { EditorHandle, EditorPress } from './editor-props.ts'
import { MacroBar } from './macro-bar.tsx'
import { Meanwhile, useMeanwhile } from './meanwhile.tsx'
import { PlainEditor } from './plain-editor.tsx'

/** Without a network the plain field takes its place: who wants to write can. */
const RichEditor = lazy(() => import('./rich-editor.tsx').catch(() => ({ default: PlainEditor })))

/**
 * One way to speak. Who will read it is said above the words, and colours the whole editor: a reply that a customer
 * gets and a note that they must not get never look alike.
 */
export interface Mode {
  readonly id: 'reply' | 'staff' | 'support' | 'engineering' | 'answer'
  readonly audience: Audience
  readonly icon: IconName
  readonly label: string
  /** "Goes to Northwind Foods", "The customer never sees this". */
  readonly goesTo: string
  readonly placeholder: string
  readonly send: string
  /** May ask for an answer, so that the ticket waits for it. */
  readonly mayAsk?: boolean
}

export const Composer = ({
  home,
  modes,
  mode,
  setMode,
  focusCount,
  callCount = 0,
  onTyping,
}: {
  readonly home: Home
  readonly modes: readonly Mode[]
  readonly mode: Mode['id']
  readonly setMode: (mode: Mode['id']) => void
  /** Grows each time a key asks for the editor. */
  readonly focusCount: number
  /** Grows each time a key asks for a macro. */
  readonly callCount?: number
  /** Told with each stroke of a reply. */
  readonly onTyping?: () => void
}) => {
  const texts = useTexts()
  const self = useSelf()
  const isDesk = self.contactId === null
  const mayUseMacros = useMay('tickets.write') && home.noun === 'tickets'
  const say = useSay(home)
  const size = useSize()
  const isRich = useRichEditor() && isDesk
  const handle = useRef<EditorHandle>(null)
  const picker = useRef<HTMLInputElement>(null)
  const drafts = useDrafts(`${home.noun}.${home.ref}`)
  const chosen = useChosenFiles(self.uploadMaxBytes)
  const [asks, setAsks] = useState(false)
  /** Set while a file of words that arrived is still to be sent. */
  const [comment, setComment] = useState<string | null>(null)
  const [isPreview, setPreview] = useState(false)
  const [isOver, setOver] = useState(false)
  const [call, setCall] = useState<TypedCall | null>(null)
  const now = modes.find(({ id }) => id === mode) ?? modes[0]
  const draft = now === undefined ? EMPTY : drafts.of(now.id)
  const meanwhile = useMeanwhile(home, now?.id === 'reply' && isDesk ? draft : null)
  const facts = useMacroFacts(home)
  const audience = now?.audience ?? 'staff'
  const called = useCalled(call, audience, {
    person: ({ id, name }) => {
      handle.current?.replaceCall(call?.length ?? 0, `@${name} `)
      if (now !== undefined)
        drafts.set(now.id, { mentions: [...draft.mentions.filter((one) => one.id !== id), { id, name }] })
      setCall(null)
    },
    macro: ({ id, name, audience: readers, text, actions, assignee }) => {
      const to = modes.find((one) => one.audience === readers && one.id !== 'answer') ?? now
      if (now === undefined || to === undefined) return
      // the call itself is no part of the words
      const typed = draft.text.slice(0, draft.text.lastIndexOf('/')).trim()
      if (to.id !== now.id) drafts.put(now.id, { text: typed })
      const before = to.id === now.id ? typed : drafts.of(to.id).text.trim()
      const words = [before, fillMacro(text, facts)].filter((part) => part !== '').join('\n\n')
      drafts.put(to.id, {
        text: words,
        macro: { id, name, actions, assignee, skip: [] },
        seen: meanwhile.latest,
      })
      setCall(null)
      setMode(to.id)
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a key asked for a macro
  useEffect(() => {
    if (callCount > 0 && now !== undefined) drafts.put(now.id, { text: `${draft.text}\n\n/`.trim() })
  }, [callCount])
  if (now === undefined) return null

  const text = draft.text.trim()
  const isEmpty = text === '' && chosen.files.length === 0 && draft.macro === null
  const missing = audience === 'everyone' && isDesk ? unfilled(text) : []
  const mentions = audience === 'everyone' ? [] : stillNamed(text, draft.mentions)
  const send = (isSureOfIt = false): void => {
    if (isEmpty || say.isPending || missing.length > 0) return
    const words = {
      ...{ text, audience, files: chosen.files, answers: now.id === 'answer' },
      asks: asks && now.mayAsk === true,
      mentions: mentions.map(({ id }) => id),
      macro: draft.macro === null ? null : { id: draft.macro.id, skip: draft.macro.skip },
      comment,
      ...(isSureOfIt || draft.seen === undefined || now.id !== 'reply' || !isDesk
        ? {}
        : { answering: draft.seen }),
      onSaid: (id: string | null) => {
        setComment(id)
        drafts.put(now.id, EMPTY)
      },
      onUploaded: chosen.drop,
      onProgress: chosen.progress,
    }
    say.mutate(words, {
      onSuccess: () => {
        tell({
          text: text === '' && draft.macro !== null ? texts.macros.applied : texts.composer.sent[now.id],
          tone: 'good',
        })
        drafts.put(now.id, EMPTY)
        chosen.clear()
        setComment(null)
        setAsks(false)
        setPreview(false)
      },
    })
  }
  const typed = (press: EditorPress): boolean => {
    if (press.key === 'Enter' && (press.metaKey || press.ctrlKey)) {
      send()
      return true
    }
    if (called.onKey(press)) return true
    if (press.key === 'Escape' && document.activeElement instanceof HTMLElement) document.activeElement.blur()
    return false
  }
  const write = (words: string): void => {
    // what had been said when the words began
    const began = draft.text === '' ? { seen: meanwhile.latest } : {}
    drafts.set(now.id, { text: words, ...began })
    if (now.id === 'reply') onTyping?.()
  }
  const dropped = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    chosen.add(event.dataTransfer.files)
  }
  const marked = called.isOpen ? called.marked : undefined
  const editorProps = {
    ...{ initial: draft.text, onText: write, onCall: setCall, onKey: typed, onFiles: chosen.add },
    offered: { people: isDesk && audience !== 'everyone', macros: mayUseMacros && now.id !== 'answer' },
    ...{ label: now.label, describedBy: 'goes-to', placeholder: now.placeholder, focusCount, handle },
    list: marked === undefined ? null : { id: CALLED_ID, active: `${CALLED_ID}-${marked.id}` },
  }
  const key = `${now.id} ${drafts.epoch}`
  const canBeRich = isRichEnough(draft.text)
  return (
    <section
      className={styles.composer}
      data-mode={now.id}
      data-drop={isOver}
      aria-label={texts.composer.title}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <div className={styles.modes}>
        {modes.map(({ id, icon, label }) => (
          <button key={id} type="button" aria-pressed={id === now.id} onClick={() => setMode(id)}>
            <Icon name={icon} size={14} />
            {label}
            {id !== now.id && drafts.of(id).text !== '' ? <small>{texts.editor.hasDraft}</small> : null}
          </button>
        ))}
        <button
          type="button"
          className={styles.preview}
          aria-pressed={isPreview}
          onClick={() => setPreview((was) => !was)}
        >
          {texts.composer.preview}
        </button>
      </div>
      <p className={styles.goes} id="goes-to" aria-live="polite">
        <Icon name={now.icon} size={14} />
        {now.goesTo}
      </p>
      {draft.macro === null ? null : (
        <MacroBar macro={draft.macro} set={(macro) => drafts.set(now.id, { macro })} />
      )}
      {isPreview ? (
        <div className={styles.shown}>
          {text === '' ? <span className="quiet">{texts.composer.nothing}</span> : <Markdown text={text} />}
        </div>
      ) : isRich && canBeRich ? (
        <Suspense fallback={<div className={styles.shown} />}>
          <RichEditor key={key} {...editorProps} />
        </Suspense>
      ) : (
        <PlainEditor key={key} {...editorProps} />
      )}
      <CalledList {...called} />
      {isRich && !canBeRich ? <p className={styles.hint}>{texts.editor.notRich}</p> : null}
      {mentions.length === 0 ? null : (
        <p className={styles.hint}>{texts.editor.calls(mentions.map(({ name }) => name).join(', '))}</p>
      )}
      <ChosenFiles {...chosen} isSending={say.isPending} />
      <Meanwhile
        error={say.error}
        meanwhile={meanwhile}
        read={() => {
          drafts.set(now.id, { seen: meanwhile.latest })
          say.reset()
        }}
        sendAnyway={() => send(true)}
      />
      {say.isError && !meanwhile.isAbout(say.error) ? (
        <div className={styles.files}>
          <FormProblem error={say.error} />
        </div>
      ) : null}
      {missing.length === 0 ? null : (
        <p className={styles.hint} role="status">
          {texts.macros.missing(missing.map((name) => `{${name}}`).join(', '))}
        </p>
      )}
      <div className={styles.foot}>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            chosen.add(event.currentTarget.files ?? [])
            event.currentTarget.value = ''
          }}
        />
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Icon name="clip" />}
          onClick={() => picker.current?.click()}
          title={[
            texts.composer.attachHow,
            ...(self.uploadMaxBytes === undefined ? [] : [texts.upload.limit(size(self.uploadMaxBytes))]),
          ].join('. ')}
        >
          {texts.composer.attach}
        </Button>
        {now.mayAsk === true ? (
          <Checkbox
            size="xs"
            label={texts.composer.asks}
            checked={asks}
            onChange={(event) => setAsks(event.currentTarget.checked)}
          />
        ) : null}
        {isDesk ? (
          <span className={styles.how}>
            {audience === 'everyone' ? (mayUseMacros ? texts.editor.hintReply : '') : texts.editor.hint}
          </span>
        ) : null}
        <Button
          variant={now.id === 'reply' || now.id === 'answer' ? 'filled' : 'default'}
          loading={say.isPending}
          disabled={isEmpty || missing.length > 0}
          onClick={() => send()}
          rightSection={<KeyCaps keys="mod+Enter" />}
        >
          {text === '' && draft.macro !== null ? texts.macros.apply : now.send}
        </Button>
      </div>
    </section>
  )
}
