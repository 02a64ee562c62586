import type { Editor } from '@tiptap/core'
import { Placeholder } from '@tiptap/extensions'
import { EditorContent, useEditor, useEditorState } from '@tiptap/react'
import { useEffect, useImperativeHandle, useRef } from 'react'
import styles from '../parts/composer.module.css'
import { readCall } from '../parts/typed-call.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { type EditorProps, filesOfPaste } from './editor-props.ts'
import { extensions } from './rich-markdown.ts'

/** Words with their marks as one writes them. Fetched when somebody first writes; Markdown goes in and comes out. */
const RichEditor = (props: EditorProps) => {
  const { initial, placeholder, focusCount, handle } = props
  const latest = useRef(props)
  latest.current = props
  const editor = useEditor({
    // Made at once, it is destroyed after a millisecond unless React has run its effects by then, which a slow browser
    // has not: the effects below would be handed a dead editor. Made by the effect itself, it lives.
    immediatelyRender: false,
    // the styles are ours: the content security policy lets no script write any
    injectCSS: false,
    extensions: [...extensions(), Placeholder.configure({ placeholder })],
    content: initial,
    contentType: 'markdown',
    editorProps: {
      attributes: () => attributesOf(latest.current),
      handleKeyDown: (_view, event) => latest.current.onKey(event),
      handlePaste: (_view, event) => {
        const files = filesOfPaste(event.clipboardData)
        if (files.length > 0) latest.current.onFiles(files)
        return files.length > 0
      },
      // the whole composer takes files that are dropped
      handleDrop: (_view, event) => (event.dataTransfer?.files.length ?? 0) > 0,
    },
    onUpdate: ({ editor: now }) => {
      latest.current.onText(now.isEmpty ? '' : now.getMarkdown())
      look(now)
    },
    onSelectionUpdate: ({ editor: now }) => look(now),
  })
  const look = (now: Editor): void => {
    const { selection } = now.state
    const { parent, parentOffset } = selection.$from
    const isWords = selection.empty && parent.type.spec.code !== true
    const before = isWords
      ? parent.textBetween(0, parentOffset, '\n', (leaf) =>
          leaf.type.name === 'hardBreak' ? '\n' : '\ufffc',
        )
      : ''
    latest.current.onCall(isWords ? readCall(before, latest.current.offered) : null)
  }
  useEffect(() => {
    if (editor === null || focusCount === 0) return
    editor.commands.focus('end')
    editor.view.dom.scrollIntoView({ block: 'center' })
  }, [editor, focusCount])
  useImperativeHandle(handle, () => ({
    replaceCall: (length, words) => {
      if (editor === null) return
      const end = editor.state.selection.from
      editor.view.dispatch(editor.state.tr.insertText(words, end - length, end))
      editor.commands.focus()
    },
  }))
  return (
    <>
      {editor === null ? null : <Tools editor={editor} />}
      <EditorContent editor={editor} className={styles.rich} />
    </>
  )
}

/** What assistive software is told of the words, and of the list that Enter takes from. */
const attributesOf = ({ label, describedBy, list }: EditorProps): Record<string, string> => ({
  ...{ role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, 'aria-describedby': describedBy },
  ...(list === null ? {} : { 'aria-controls': list.id, 'aria-activedescendant': list.active }),
})

const Tools = ({ editor }: { readonly editor: Editor }) => {
  const { editor: words } = useTexts()
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'),
      code: now.isActive('codeBlock') || now.isActive('code'),
    }),
  })
  const chain = () => editor.chain().focus()
  const tools = [
    ['bold', 'B', () => chain().toggleBold().run()],
    ['italic', 'I', () => chain().toggleItalic().run()],
    ['bullets', '•', () => chain().toggleBulletList().run()],
    ['numbers', '#', () => chain().toggleOrderedList().run()],
    ['quote', '”', () => chain().toggleBlockquote().run()],
    [
      'code',
      '</>',
      () => (editor.state.selection.empty ? chain().toggleCodeBlock().run() : chain().toggleCode().run()),
    ],
  ] as const
  return (
    <div className={styles.tools} role="toolbar" aria-label={words.tools}>
      {tools.map(([name, sign, run]) => (
        <button
          key={name}
          type="button"
          data-tool={name}
          aria-label={words[name]}
          title={words[name]}
          aria-pressed={on[name]}
          // the words keep the cursor while a tool is clicked
          onMouseDown={(event) => event.preventDefault()}
          onClick={run}
        >
          <span aria-hidden="true">{sign}</span>
        </button>
      ))}
    </div>
  )
}

export default RichEditor
