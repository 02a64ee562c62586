import { Button, type ButtonProps, Tooltip } from '@mantine/core'
import { keyCaps } from '../keys.ts'
import styles from './action-button.module.css'

/** Shown beside words that a key does too. */
export const KeyCaps = ({ keys }: { readonly keys: string }) => (
  <span className={styles.caps} aria-hidden="true">
    {keyCaps(keys, isMac()).map((cap) => (
      <kbd key={cap}>{cap}</kbd>
    ))}
  </span>
)

export const isMac = (): boolean => /Mac|iP(hone|ad)/.test(navigator.userAgent)

/**
 * A button that says why it cannot be pressed. It is not `disabled`, or no keyboard would reach the reason: it is marked
 * so for screen readers, keeps its focus, and does nothing.
 */
export const ActionButton = ({
  label,
  fullLabel,
  keys,
  reason,
  run,
  ...look
}: {
  readonly label: string
  /** With what it is about, where many stand in a list; begins with the label. */
  readonly fullLabel?: string
  readonly keys?: string
  /** Null: it can be done. */
  readonly reason: string | null
  readonly run: () => void
} & Pick<ButtonProps, 'variant' | 'color' | 'loading' | 'leftSection' | 'size'>) => {
  const button = (
    <Button
      variant="default"
      {...look}
      aria-label={fullLabel}
      aria-disabled={reason !== null || undefined}
      data-disabled={reason !== null || undefined}
      onClick={(event) => {
        if (reason === null) run()
        else event.preventDefault()
      }}
      rightSection={keys === undefined ? undefined : <KeyCaps keys={keys} />}
    >
      {label}
    </Button>
  )
  return reason === null ? button : <Tooltip label={reason}>{button}</Tooltip>
}
