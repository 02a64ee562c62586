import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** What a dialog does when its record was kept. */
export const useSaved = (close: () => void) => {
  const texts = useTexts()
  return {
    onSuccess: () => {
      close()
      tell({ text: texts.manage.saved, tone: 'good' })
    },
  }
}
