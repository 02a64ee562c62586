import { useEffect, useRef, useState } from 'react'

/** Who pauses for this long is thinking, and still writes to those who watch. */
const PAUSE_MS = 12_000

/** Whether somebody writes: from a stroke until they have paused for a while. */
export const useTyping = (): readonly [isTyping: boolean, typed: () => void] => {
  const [isTyping, setTyping] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const typed = (): void => {
    setTyping(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setTyping(false), PAUSE_MS)
  }
  return [isTyping, typed]
}
