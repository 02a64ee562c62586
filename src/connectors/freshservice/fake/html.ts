/** What Freshservice does to HTML: it drops what could do harm and puts the rest into one `<div>`. */

export const kept = (html: string): string => {
  const clean = html
    .replace(/<(script|style|iframe|form)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/\s(?:on\w+|class|id)="[^"]*"/gi, '')
  return `<div>${clean}</div>`
}

/** As `description_text` and `body_text`. */
export const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
