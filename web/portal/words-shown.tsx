import { lazy, Suspense } from 'react'
import styles from './portal.module.css'

// a quarter of all that a customer would fetch: their list is there without it
const Markdown = lazy(async () => ({ default: (await import('../parts/markdown.tsx')).Markdown }))

/** People's words; as they were typed until what draws them is there. */
export const WordsShown = ({ text }: { readonly text: string }) => (
  <Suspense fallback={<p className={styles.typed}>{text}</p>}>
    <Markdown text={text} />
  </Suspense>
)
