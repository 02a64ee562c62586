import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { type TabbedPart, TabbedScreen } from './tabbed-screen.tsx'

/** What the lists of wishes have in common. */
export const EnhancementFrame = (part: TabbedPart) => {
  const { title, unfiled } = useTexts().enhancements
  const places = [
    { to: paths.enhancements(), label: title },
    { to: paths.unfiledWishes(), label: unfiled.title },
  ]
  return <TabbedScreen {...part} title={title} places={places} />
}
