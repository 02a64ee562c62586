import type { Ref } from 'react'
import type { TypedCall } from '../parts/typed-call.ts'

/** What whoever holds an editor can do with it. */
export interface EditorHandle {
  /** Puts words in the place of what was typed before the cursor. */
  replaceCall(length: number, text: string): void
}

/** A press, as either editor has it. */
export type EditorPress = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'isComposing'>

/** The plain field and the editor understand the same; words go in and come out as Markdown. */
export interface EditorProps {
  readonly initial: string
  readonly onText: (markdown: string) => void
  readonly onCall: (call: TypedCall | null) => void
  /** True: it was for somebody else, and the editor does nothing with it. */
  readonly onKey: (press: EditorPress) => boolean
  readonly onFiles: (files: Iterable<File>) => void
  readonly offered: { readonly people: boolean; readonly macros: boolean }
  readonly label: string
  readonly describedBy: string
  readonly placeholder: string
  /** Grows each time a key asks for the editor. */
  readonly focusCount: number
  readonly handle: Ref<EditorHandle>
  /** The list of what a call finds, and the one that Enter takes. */
  readonly list: { readonly id: string; readonly active: string } | null
}

/** A picture of the clipboard is a file; what a word processor puts there beside its text is not what was meant. */
export const filesOfPaste = (data: DataTransfer | null): readonly File[] =>
  data === null || data.types.includes('text/html') || data.types.includes('text/plain')
    ? []
    : [...data.files]
