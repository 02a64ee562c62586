/** Rich text: one tree in the hub, one codec a format, and edits made in a poorer form carried over. */
export { readText, writeText } from './call-nobody.ts'
export { type Codec, codecs } from './codecs.ts'
export {
  callsOurs,
  type Directory,
  isAddressIn,
  loginAddress,
  NOBODY,
  oursIn,
  oursOf,
  personOf,
} from './directory.ts'
export { customersDirectory, forCustomers, withoutPictures } from './for-customers.ts'
export { isRichText } from './is-rich-text.ts'
export { type MergedText, mergeText } from './merge-text.ts'
export { callingAsBefore, withNames } from './names.ts'
export { patch, type ShownText } from './patch.ts'
export { emptyText, plainText, toPlainText } from './plain.ts'
export { sameText } from './same-text.ts'
export type { Emoji, Insert, Mention, Opaque, Panel, RichText } from './tree.ts'
