/** Rich text: one tree in the hub, one codec a format, and edits made in a poorer form carried over. */
export { type Codec, codecs } from './codecs.ts'
export { isRichText } from './is-rich-text.ts'
export { type MergedText, mergeText } from './merge-text.ts'
export { patch, type ShownText } from './patch.ts'
export { emptyText, plainText, toPlainText } from './plain.ts'
export { sameText } from './same-text.ts'
export type { Emoji, Insert, Mention, Opaque, Panel, RichText } from './tree.ts'
