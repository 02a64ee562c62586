import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import { readCall } from '../parts/typed-call.ts'
import { type EditorProps, filesOfPaste } from './editor-props.ts'

/** Markdown in a plain field. */
export const PlainEditor = (props: EditorProps) => {
  const { initial, onText, onCall, onKey, onFiles, offered, focusCount, handle, list } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(initial)
  useEffect(() => {
    if (focusCount === 0) return
    const element = field.current
    if (element === null) return
    element.focus()
    element.setSelectionRange(element.value.length, element.value.length)
    element.scrollIntoView({ block: 'center' })
  }, [focusCount])
  const write = (next: string): void => {
    setText(next)
    onText(next)
  }
  useImperativeHandle(handle, () => ({
    replaceCall: (length, words) => {
      const end = field.current?.selectionStart ?? text.length
      const start = Math.max(0, end - length)
      write(`${text.slice(0, start)}${words}${text.slice(end)}`)
      requestAnimationFrame(() => {
        field.current?.focus()
        field.current?.setSelectionRange(start + words.length, start + words.length)
      })
    },
  }))
  const look = (element: HTMLTextAreaElement): void =>
    onCall(
      element.selectionStart === element.selectionEnd
        ? readCall(element.value.slice(0, element.selectionStart), offered)
        : null,
    )
  return (
    <textarea
      ref={field}
      value={text}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-controls={list?.id}
      aria-activedescendant={list?.active}
      placeholder={props.placeholder}
      onChange={(event) => {
        write(event.currentTarget.value)
        look(event.currentTarget)
      }}
      onSelect={(event) => look(event.currentTarget)}
      onKeyDown={(event) => {
        if (onKey(event.nativeEvent)) event.preventDefault()
      }}
      onPaste={(event) => {
        const files = filesOfPaste(event.clipboardData)
        if (files.length === 0) return
        event.preventDefault()
        onFiles(files)
      }}
    />
  )
}
