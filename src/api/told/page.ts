import { createHash } from 'node:crypto'
import type { Language } from '../../domain/settings.ts'
import type { ToldNotice } from '../../store/views/told-notice.ts'
import { escapeHtml } from '../../sync/rich-text/html-write.ts'

/**
 * What whoever was told of a release sees behind the address under the message, without signing in: a page of its own,
 * made here, that loads nothing.
 */
const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{margin:0 auto;padding:2rem 1rem;max-width:40rem}
section{border:1px solid #8886;border-radius:8px;padding:1rem;margin:1rem 0}
p{margin:.25rem 0 .75rem;overflow-wrap:anywhere}form{display:flex;flex-wrap:wrap;gap:.5rem}
button{font:inherit;padding:.5rem 1rem;border:1px solid #888;border-radius:6px;background:none;color:inherit;cursor:pointer}
button.first{background:#1a5fb4;border-color:#1a5fb4;color:#fff}button:focus-visible{outline:3px solid #62a0ea;outline-offset:2px}`

export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const WORDS = {
  en: {
    asks: 'Does it work now?',
    works: 'Works, thank you',
    broken: 'Still broken',
    answers: {
      works: 'You told us that it works. Thank you.',
      'still broken': 'You told us that it is still broken. We are looking into it again.',
    },
    nothing: 'There is nothing to answer here any more.',
    about: 'We write to you when a release has what you asked us for.',
    stop: 'No more such messages',
    stopped: 'You get no such messages any more. Of your requests you hear as before.',
    again: 'Write to me again',
    gone: 'This address leads nowhere any more',
    goneAbout: 'Reply to the message instead, and we read it.',
  },
  de: {
    asks: 'Klappt es jetzt?',
    works: 'Funktioniert, danke',
    broken: 'Geht weiter nicht',
    answers: {
      works: 'Sie haben uns gesagt, dass es funktioniert. Danke.',
      'still broken': 'Sie haben uns gesagt, dass es weiter nicht geht. Wir sehen es uns noch einmal an.',
    },
    nothing: 'Hier gibt es nichts mehr zu beantworten.',
    about: 'Wir schreiben Ihnen, wenn ein Release bringt, worum Sie uns gebeten haben.',
    stop: 'Keine solchen Nachrichten mehr',
    stopped: 'Sie bekommen keine solchen Nachrichten mehr. Von Ihren Anfragen hören Sie wie bisher.',
    again: 'Schreiben Sie mir wieder',
    gone: 'Diese Adresse führt nirgends mehr hin',
    goneAbout: 'Antworten Sie stattdessen auf die Nachricht: Wir lesen sie.',
  },
} as const satisfies Readonly<Record<Language, unknown>>

const page = (language: Language, title: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`

/** Each answer is a form of one button or two: it needs no script, and following the address alone does nothing. */
const form = (hidden: string, ...buttons: readonly (readonly [value: string, label: string])[]): string =>
  `<form method="post">${hidden}${buttons
    .map(
      ([value, label], at) =>
        `<button name="do" value="${value}"${at === 0 && buttons.length > 1 ? ' class="first"' : ''}>${label}</button>`,
    )
    .join('')}</form>`

export const toldPage = ({ language, product, release, standing, contact, tickets }: ToldNotice): string => {
  const words = WORDS[language]
  const sections = tickets.map(({ id, key, title, answer, mayTry }) => {
    const said = answer === null ? (standing === 'gets it' ? '' : words.nothing) : words.answers[answer]
    return `<section><p><strong>${escapeHtml(key)}</strong> ${escapeHtml(title)}</p>${
      mayTry
        ? `<p>${words.asks}</p>${form(
            `<input type="hidden" name="ticket" value="${id}">`,
            ['works', words.works],
            ['still broken', words.broken],
          )}`
        : `<p>${said}</p>`
    }</section>`
  })
  const messages =
    contact === null
      ? ''
      : contact.takesNotices
        ? `<section><p>${words.about}</p>${form('', ['stop', words.stop])}</section>`
        : `<section><p>${words.stopped}</p>${form('', ['again', words.again])}</section>`
  return page(language, `${product} ${release}`, sections.join('') + messages)
}

/** Of a message that is not known here: in the language of whoever asks. */
export const nowherePage = (language: Language): string =>
  page(language, WORDS[language].gone, `<p>${WORDS[language].goneAbout}</p>`)
