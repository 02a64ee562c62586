import type { Naming } from '../domain/naming.ts'
import { attributed } from './attribution.ts'
import type { RichFormat } from './connector.ts'
import type { HubComment } from './hub-view.ts'
import type { Element } from './mirror-base.ts'
import {
  customersDirectory,
  type Directory,
  type RichText,
  withoutPictures,
  writeText,
} from './rich-text/index.ts'

/** How a comment of ours is written in a tool: whose words they say they are, and whom they call or only name. */
interface Writing {
  readonly party: 'support' | 'engineering' | 'both sides'
  readonly format: RichFormat
  readonly people: Directory
  readonly naming: Naming
}

/** Words of ours as they are written there: with their author's name, where that may stand. */
export const ofOurs = (comment: HubComment, visibility: 'public' | 'internal', input: Writing): RichText =>
  attributed(comment.body, comment.author, isForCustomers(visibility, input) ? input.naming : null)

const isForCustomers = (visibility: 'public' | 'internal', { party }: Writing): boolean =>
  party === 'support' && visibility === 'public'

const writeThere = (
  body: RichText,
  visibility: 'public' | 'internal',
  input: Writing,
  shown?: string,
): string =>
  isForCustomers(visibility, input)
    ? writeText(body, input.format, shown, customersDirectory(input.people, input.naming))
    : writeText(body, input.format, shown, input.people)

/** What a comment says there; one that was born in this tool stands there as its author's, with their own pictures. */
export const textThere = (
  comment: HubComment,
  element: Element,
  visibility: 'public' | 'internal',
  input: Writing,
): string =>
  writeThere(
    element.origin === 'tool'
      ? comment.body
      : shownThere(ofOurs(comment, visibility, input), visibility, input),
    visibility,
    input,
    element.baseTool ?? undefined,
  )

const shownThere = (body: RichText, visibility: 'public' | 'internal', input: Writing): RichText =>
  isForCustomers(visibility, input) ? withoutPictures(body) : body

/** A new comment there; `amends`: beside one that cannot be changed. */
export const addedText = (
  comment: HubComment,
  visibility: 'public' | 'internal',
  amends: boolean,
  input: Writing,
): string => {
  const body = shownThere(ofOurs(comment, visibility, input), visibility, input)
  const marked: RichText = amends ? { type: 'root', children: [EDITED, ...body.children] } : body
  return writeThere(marked, visibility, input)
}

const EDITED: RichText['children'][number] = {
  type: 'paragraph',
  children: [{ type: 'emphasis', children: [{ type: 'text', value: 'Edited:' }] }],
}
