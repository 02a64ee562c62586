/** A line of dashes under a head, a picture, a box to tick, or marks of HTML: the editor would lose them. */
const BEYOND = [
  /^\s*\|?[\s:|-]*-{3,}[\s:|-]*\|[\s:|-]*$/m,
  /!\[[^\]]*\]\(/,
  /^\s*[-*+] \[[ xX]\] /m,
  /<[a-z/!][^>]*>/i,
]

/** Whether the editor can hold these words and give them back unchanged in meaning; others are written as they are. */
export const isRichEnough = (markdown: string): boolean => BEYOND.every((pattern) => !pattern.test(markdown))
