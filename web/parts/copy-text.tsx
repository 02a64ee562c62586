import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../texts/texts.tsx'
import styles from './copy-text.module.css'
import { tell } from './tell.tsx'

/** Something to take away whole: an address, a token. It can be marked by hand too, where the browser lets nobody copy. */
export const CopyText = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <div className={styles.line}>
    <input
      className={styles.text}
      readOnly
      aria-label={label}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
    />
    <CopyButton text={text} />
  </div>
)

export const CopyButton = ({ text }: { readonly text: string }) => {
  const { copy } = useTexts()
  const [isCopied, setCopied] = useState(false)
  const run = async (): Promise<void> => {
    try {
      // missing on a plain http address of a local network
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      tell({ text: copy.failed, tone: 'warn' })
    }
  }
  return (
    <Button variant="default" onClick={() => void run()} aria-live="polite">
      {isCopied ? copy.copied : copy.copy}
    </Button>
  )
}
