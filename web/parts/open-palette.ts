import { createSpotlight } from '@mantine/spotlight'
import { useEffect } from 'react'
import { addTyped, isForPalette } from './typed-ahead.ts'

/** Whether it is open; both palettes, of colleagues and of customers, are drawn from it. */
export const [paletteStore, palette] = createSpotlight()

/** Longer than any palette takes to come. */
const GIVE_UP_MS = 5_000

let caught: { typed: string; readonly stop: () => void } | null = null

/**
 * Opens the palette, or closes it. Until its field has the focus, which takes a moment, letters are kept for it: people
 * type on after Mod+K, and a lost "t" would not only be missing but take the ticket behind.
 */
export const openPalette = (): void => {
  caught?.stop()
  palette.toggle()
  if (!paletteStore.getState().opened) return
  const pressed = (event: KeyboardEvent): void => {
    // closed before it was there: the keys are the screen's again
    if (event.key === 'Escape') palette.close()
    if (!paletteStore.getState().opened) stop()
    if (caught === null || event.isComposing || !isForPalette(event)) return
    event.preventDefault()
    event.stopPropagation()
    caught.typed = addTyped(caught.typed, event.key)
  }
  const late = setTimeout(() => stop(), GIVE_UP_MS)
  const stop = (): void => {
    clearTimeout(late)
    globalThis.removeEventListener('keydown', pressed, { capture: true })
    caught = null
  }
  globalThis.addEventListener('keydown', pressed, { capture: true })
  caught = { typed: '', stop }
}

/** What was typed before the field was there; from now on the field hears it itself. */
export const takeTyped = (): string => {
  const typed = caught?.typed ?? ''
  caught?.stop()
  return typed
}

/**
 * What Enter chooses. The library marks the first choice as one types and leaves it at that; what the server finds comes
 * later, and would stay unmarked when it is all there is.
 */
export const useFirstMarked = (found: string): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other choices are drawn
  useEffect(() => {
    const first = document.querySelector('[role=dialog] [data-action]')
    const isMarked = document.querySelector('[role=dialog] [data-action][data-selected]') !== null
    if (!isMarked) first?.setAttribute('data-selected', 'true')
  }, [found])
}
