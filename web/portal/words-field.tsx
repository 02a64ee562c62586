import { Button } from '@mantine/core'
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import composer from '../parts/composer.module.css'
import { useSize } from '../parts/files.tsx'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.tsx'
import { WordsShown } from './words-shown.tsx'

/** Words and files that are about to be sent. Files come by choosing, dropping or pasting; both can be seen before. */
export interface Draft {
  readonly text: string
  readonly files: readonly File[]
}

export const WordsField = ({
  draft,
  set,
  label,
  about,
  send,
  field,
  children,
}: {
  readonly draft: Draft
  readonly set: (part: (had: Draft) => Draft) => void
  readonly label: string
  readonly about: string
  /** By keys, from within the field. */
  readonly send: () => void
  readonly field?: RefObject<HTMLTextAreaElement | null>
  /** Stands at the end of the foot: what sends it. */
  readonly children?: ReactNode
}) => {
  const texts = useTexts()
  const picker = useRef<HTMLInputElement>(null)
  const [isPreview, setPreview] = useState(false)
  const [isOver, setOver] = useState(false)
  const { text, files } = draft
  // copied at once: the field's own list is emptied with it
  const add = (more: Iterable<File>): void => {
    const added = [...more]
    set((had) => ({ ...had, files: [...had.files, ...added] }))
  }
  const typed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape') event.currentTarget.blur()
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
      className={composer.composer}
      data-mode="reply"
      data-drop={isOver}
      aria-label={texts.composer.title}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <div className={composer.modes}>
        <strong className={composer.goes}>{label}</strong>
        <button
          type="button"
          className={composer.preview}
          aria-pressed={isPreview}
          onClick={() => setPreview((was) => !was)}
        >
          {texts.composer.preview}
        </button>
      </div>
      {isPreview ? (
        <div className={composer.shown}>
          {text.trim() === '' ? (
            <span className="quiet">{texts.composer.nothing}</span>
          ) : (
            <WordsShown text={text} />
          )}
        </div>
      ) : (
        <textarea
          ref={field}
          value={text}
          aria-label={label}
          placeholder={about}
          maxLength={200_000}
          onChange={(event) => {
            const { value } = event.currentTarget
            set((had) => ({ ...had, text: value }))
          }}
          onKeyDown={typed}
          onPaste={pasted}
        />
      )}
      <ChosenFiles
        files={files}
        drop={(file) => set((had) => ({ ...had, files: had.files.filter((one) => one !== file) }))}
      />
      <div className={composer.foot}>
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
          {texts.portal.attach}
        </Button>
        {children}
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
  const { portal } = useTexts()
  const size = useSize()
  return files.length === 0 ? null : (
    <ul className={composer.files}>
      {files.map((file, at) => (
        // the same file may be chosen twice
        // biome-ignore lint/suspicious/noArrayIndexKey: files have no other name of their own
        <li key={`${at} ${file.name}`}>
          {/^image\/(png|jpeg|gif|webp)$/.test(file.type) ? <Picture file={file} /> : <Icon name="file" />}
          <span>{file.name}</span>
          <small className="quiet">{size(file.size)}</small>
          <button type="button" aria-label={portal.drop(file.name)} onClick={() => drop(file)}>
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
