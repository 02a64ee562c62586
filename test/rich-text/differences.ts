import type { Format } from './corpus.ts'
import type { Feature } from './features.ts'

/**
 * How each format shows what it has no form of its own for: the words of the table in docs/rich-text.md. A feature
 * that is not named here for a format is shown there as it is, in every document of the corpus, or the test fails.
 */

export interface Difference {
  readonly shown: string
  /** Only some of its uses: the others are shown as they are. */
  readonly isPartly: boolean
}

const all = (shown: string): Difference => ({ shown, isPartly: false })
const some = (shown: string): Difference => ({ shown, isPartly: true })

const HIDDEN = all('kept, not shown')
const OUTSIDE_WORDS = some('✓, not inside a word')
const AS_WORDS = all('its words')
const IN_BRACKETS = all('a word in brackets')
const AS_QUOTE = all('a quote with its name in bold')
const FROM_ONE = all('counted from 1')
const BY_ACCOUNT = some('✓ of Jira’s accounts, others as `@name`')

type Row = Partial<Record<Exclude<Format, 'plain'>, Difference>> & { readonly plain: string }

export const DIFFERENCES: Readonly<Record<Feature, Row>> = {
  heading: { plain: 'its words' },
  bold: { textile: OUTSIDE_WORDS, adf: some('✓, not around code'), plain: 'its words' },
  italic: {
    textile: OUTSIDE_WORDS,
    wiki: some('✓, not around braces inside a word'),
    plain: 'its words',
  },
  'struck out': { textile: OUTSIDE_WORDS, plain: 'its words' },
  underlined: { plain: 'its words' },
  'code in a line': { html: some('✓, without invisible signs at its ends'), plain: 'its words' },
  'code block': { plain: 'its lines' },
  'language of a code block': {
    textile: some('✓, a name without signs'),
    wiki: some('✓, if Jira knows it'),
    plain: 'kept, not shown',
  },
  link: {
    textile: some('✓, e-mail addresses as text'),
    wiki: some('✓, relative ones as text'),
    plain: '`words (address)`',
  },
  'title of a link': { wiki: HIDDEN, plain: 'kept, not shown' },
  image: {
    textile: some('✓, if its address has a dot or slash'),
    wiki: some('✓, if its address has a dot or slash'),
    adf: some('✓ by web address, others as text'),
    plain: '`[image: words (address)]`',
  },
  'words for an image': { adf: some('✓ with the image, else in the text'), plain: 'as above' },
  'title of an image': {
    textile: HIDDEN,
    wiki: HIDDEN,
    adf: some('✓ as its caption, not of a text'),
    plain: 'kept, not shown',
  },
  'attached image': {
    markdown: all('`[image: name]`'),
    textile: all('`[image: name]`'),
    html: all('`[image: name]`'),
    wiki: all('`[image: name]`'),
    plain: '`[image: name]`',
  },
  'line end in a paragraph': {
    textile: some('✓, two as one'),
    wiki: some('✓, two as one'),
    adf: some('✓, none beside an image'),
    plain: '✓',
  },
  'bulleted list': { plain: 'lines with `-`' },
  'numbered list': { plain: 'lines with numbers' },
  'number a list begins with': { textile: FROM_ONE, wiki: FROM_ONE, plain: '✓' },
  'list in a list': { plain: 'indented lines' },
  checkbox: { adf: some('✓, in a numbered or mixed list `[x]`'), plain: '`[x]`' },
  'several paragraphs in an item': {
    textile: all('lines of one paragraph'),
    wiki: all('lines of one paragraph'),
    plain: 'lines',
  },
  'code in an item': { plain: 'its lines' },
  'quote or picture in an item': { textile: AS_WORDS, adf: AS_WORDS, wiki: AS_WORDS, plain: 'its words' },
  quote: {
    textile: some('✓, in a list item its words'),
    wiki: some('✓, in a list item its words'),
    adf: some('✓, in a list item its words'),
    plain: 'lines with `>`',
  },
  'quote in a quote or panel': {
    adf: AS_WORDS,
    wiki: some('✓, of one paragraph'),
    plain: 'lines with `> >`',
  },
  'panel or alert': {
    markdown: some('✓ GitHub’s five alerts, others a quote with their name in bold'),
    textile: AS_QUOTE,
    html: AS_QUOTE,
    plain: 'lines with `>` under its name',
  },
  'kind of a panel': {
    markdown: some('✓ GitHub’s five alerts, others a word'),
    textile: all('a word'),
    html: all('a word'),
    adf: some('✓, important as note, caution as error'),
    plain: 'a word',
  },
  table: { plain: 'aligned lines with bars' },
  'side that a column is set to': { adf: HIDDEN, wiki: HIDDEN, plain: 'kept, not shown' },
  'line end in a cell': { textile: all('a blank'), plain: 'a blank' },
  rule: { plain: '`---`' },
  footnote: {
    textile: all('a paragraph with `[^1]`'),
    html: all('a paragraph with `[^1]`'),
    adf: all('a paragraph with `[^1]`'),
    wiki: all('a paragraph with `[^1]`'),
    plain: 'a paragraph with `[^1]`',
  },
  'person mentioned': {
    markdown: some('✓, names of several words as `@name`'),
    textile: some('✓ logins, others as `@name`'),
    html: some('✓ of Azure DevOps’ identities, others as `@name`'),
    adf: BY_ACCOUNT,
    wiki: BY_ACCOUNT,
    plain: '`@name`',
  },
  'account of the person': {
    markdown: HIDDEN,
    html: some('✓ Azure DevOps’, others kept, not shown'),
    textile: some('✓ Redmine’s, others kept, not shown'),
    adf: some('✓ Jira’s, others kept, not shown'),
    wiki: some('✓ Jira’s, others kept, not shown'),
    plain: 'kept, not shown',
  },
  'shortcode of an emoji': {
    textile: all('`:name:`'),
    html: all('`:name:`'),
    wiki: some('✓ Jira’s own, others as `:name:`'),
    plain: '`:name:`',
  },
  'HTML in the text': {
    textile: AS_WORDS,
    html: AS_WORDS,
    adf: AS_WORDS,
    wiki: AS_WORDS,
    plain: 'its words',
  },
  'comment in HTML': { textile: HIDDEN, html: HIDDEN, adf: HIDDEN, wiki: HIDDEN, plain: 'kept, not shown' },
  'what only Jira knows': {
    markdown: IN_BRACKETS,
    textile: IN_BRACKETS,
    html: IN_BRACKETS,
    adf: some('✓, file links of wiki markup in brackets'),
    wiki: some('✓ file links, others a word in brackets'),
    plain: 'a word in brackets',
  },
}

/** What a format shows that was not meant: because it stands for something else, or because it reads like that there. */
export const GAINED: Readonly<Record<Exclude<Format, 'plain'>, readonly Feature[]>> = {
  markdown: ['link', 'person mentioned', 'quote', 'bold', 'shortcode of an emoji'],
  textile: ['line end in a paragraph', 'link', 'person mentioned', 'quote', 'bold'],
  html: ['quote', 'bold'],
  adf: [
    'line end in a paragraph',
    'bold',
    'kind of a panel',
    'several paragraphs in an item',
    'bulleted list',
  ],
  wiki: ['line end in a paragraph', 'person mentioned'],
}
