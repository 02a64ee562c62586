import type { Actor } from '../domain/actor.ts'
import type { Naming } from '../domain/naming.ts'
import { sameValue } from '../lib/stable.ts'
import type { RichText } from './rich-text/index.ts'

/**
 * A tool shows our account as the author of everything we write, so the words themselves say whose they are. Words for
 * customers carry no name unless the organisation lets them read names.
 */
const line = (author: Actor): RichText['children'][number] => ({
  type: 'paragraph',
  children: [{ type: 'strong', children: [{ type: 'text', value: `${author.name}:` }] }],
})

/** The body as it goes out: with a first line naming the author. `naming`: of words that customers read; null: others. */
export const attributed = (body: RichText, author: Author, naming: Naming | null): RichText =>
  author.kind === 'system' || naming?.isShown === false
    ? body
    : { ...body, children: [line(author), ...body.children] }

/** The body without the line that `attributed` put there; a changed line stays, since somebody meant it. */
export const unattributed = (body: RichText, author: Author): RichText =>
  body.children.length > 0 && sameValue(body.children[0], line(author))
    ? { ...body, children: body.children.slice(1) }
    : body

type Author = Actor
