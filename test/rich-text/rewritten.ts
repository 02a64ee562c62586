/**
 * Documents whose text is written anew when a copy of them is edited: what it says stays, its author's way to write it
 * does not. docs/rich-text.md says so in words; every other document of the corpus stays to the letter.
 */
export const REWRITTEN: readonly {
  readonly from: string
  readonly name: string
  readonly when: readonly ('word' | 'block')[]
  readonly because: string
}[] = [
  {
    from: 'markdown-github-1',
    name: 'reference links',
    when: ['word'],
    because: 'addresses that stand below the text move into it',
  },
  {
    from: 'html-zendesk',
    name: 'not closed tags',
    when: ['block'],
    because: 'what comes behind a tag that was never closed would stand in it',
  },
]
