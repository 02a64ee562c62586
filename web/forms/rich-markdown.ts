import type { Extensions } from '@tiptap/core'
import { Markdown } from '@tiptap/markdown'
import StarterKit from '@tiptap/starter-kit'

/**
 * What the editor holds: exactly what Markdown can say and the record keeps. Underlining has no Markdown, so it is not
 * there; what a paste brings beyond this becomes plain words.
 */
export const extensions = (): Extensions => [
  StarterKit.configure({
    underline: false,
    link: { openOnClick: false, autolink: false, defaultProtocol: 'https', protocols: ['mailto', 'tel'] },
    dropcursor: false,
  }),
  Markdown,
]
