import { fileURLToPath } from 'node:url'

/** What failed tests leave behind: what was on each screen, and what the browsers said. */
export const LEFT_BEHIND = fileURLToPath(new URL('../../../build/e2e/', import.meta.url))
