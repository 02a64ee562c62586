import { Button, Checkbox } from '@mantine/core'
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Audience } from '../../src/domain/audience.ts'
import { type Home, useSay } from '../api/timeline.ts'
import { KeyCaps } from '../parts/action-button.tsx'
import styles from '../parts/composer.module.css'
import { useSize } from '../parts/files.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/texts.tsx'

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
}: {
  readonly home: Home
  readonly modes: readonly Mode[]
  readonly mode: Mode['id']
  readonly setMode: (mode: Mode['id']) => void
  /** Grows each time a key asks for the editor. */
  readonly focusCount: number
}) => {
  const texts = useTexts()
  const say = useSay(home)
  const editor = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly File[]>([])
  const [asks, setAsks] = useState(false)
  /** Set while a file of words that arrived is still to be sent. */
  const [comment, setComment] = useState<string | null>(null)
  const [isPreview, setPreview] = useState(false)
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    if (focusCount === 0) return
    setPreview(false)
    requestAnimationFrame(() => {
      editor.current?.focus()
      editor.current?.scrollIntoView({ block: 'center' })
    })
  }, [focusCount])
  const now = modes.find(({ id }) => id === mode) ?? modes[0]
  if (now === undefined) return null

  const isEmpty = text.trim() === '' && files.length === 0
  // copied at once: the field's own list is emptied with it
  const add = (more: Iterable<File>): void => {
    const added = [...more]
    setFiles((had) => [...had, ...added])
  }
  const send = (): void => {
    if (isEmpty || say.isPending) return
    const words = {
      ...{ text: text.trim(), audience: now.audience, files, answers: now.id === 'answer' },
      asks: asks && now.mayAsk === true,
      comment,
      onSaid: (id: string) => {
        setComment(id)
        setText('')
      },
      onUploaded: (file: File) => setFiles((had) => had.filter((one) => one !== file)),
    }
    say.mutate(words, {
      onSuccess: () => {
        setText('')
        setFiles([])
        setComment(null)
        setAsks(false)
        setPreview(false)
        tell({ text: texts.composer.sent[now.id], tone: 'good' })
      },
    })
  }
  const typed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') editor.current?.blur()
  }
  const pasted = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    add(event.clipboardData.files)
  }
  const dropped = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    add(event.dataTransfer.files)
  }

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
      {isPreview ? (
        <div className={styles.shown}>
          {text.trim() === '' ? (
            <span className="quiet">{texts.composer.nothing}</span>
          ) : (
            <Markdown text={text} />
          )}
        </div>
      ) : (
        <textarea
          ref={editor}
          value={text}
          aria-label={now.label}
          aria-describedby="goes-to"
          placeholder={now.placeholder}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={typed}
          onPaste={pasted}
        />
      )}
      <ChosenFiles files={files} drop={(file) => setFiles((had) => had.filter((one) => one !== file))} />
      {say.isError ? (
        <div className={styles.files}>
          <FormProblem error={say.error} />
        </div>
      ) : null}
      <div className={styles.foot}>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            add(event.currentTarget.files ?? [])
            event.currentTarget.value = ''
          }}
        />
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Icon name="clip" />}
          onClick={() => picker.current?.click()}
          title={texts.composer.attachHow}
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
        <Button
          variant={now.id === 'reply' || now.id === 'answer' ? 'filled' : 'default'}
          loading={say.isPending}
          disabled={isEmpty}
          onClick={send}
          rightSection={<KeyCaps keys="mod+Enter" />}
        >
          {now.send}
        </Button>
      </div>
    </section>
  )
}

const ChosenFiles = ({
  files,
  drop,
}: {
  readonly files: readonly File[]
  readonly drop: (file: File) => void
}) => {
  const texts = useTexts()
  const size = useSize()
  return files.length === 0 ? null : (
    <ul className={styles.files}>
      {files.map((file, at) => (
        // the same file may be chosen twice
        // biome-ignore lint/suspicious/noArrayIndexKey: files have no other name of their own
        <li key={`${at} ${file.name}`}>
          {/^image\/(png|jpeg|gif|webp)$/.test(file.type) ? <Picture file={file} /> : <Icon name="file" />}
          <span>{file.name}</span>
          <small className="quiet">{size(file.size)}</small>
          <button type="button" aria-label={texts.composer.dropFile(file.name)} onClick={() => drop(file)}>
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** A screenshot before it is sent; its address lives as long as the picture is shown. */
const Picture = ({ file }: { readonly file: File }) => {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address === null ? null : <img src={address} alt="" />
}
