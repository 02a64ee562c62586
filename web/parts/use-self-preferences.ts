import { useEffect } from 'react'
import { useChangeSelf } from '../api/administration.ts'
import type { Self } from '../api/session.ts'
import { chooseLanguage, isLanguage, type Language } from '../texts/texts.tsx'
import { readPreference, writePreference } from './preferences.ts'

/** What the server keeps of one's choices holds in this browser too; the organisation's where one made none. */
export const useSelfPreferences = ({ timeZone, language, defaults }: Self): void => {
  const zone = timeZone ?? defaults.timeZone
  useEffect(() => writePreference('timeZone', zone), [zone])
  useEffect(() => {
    const chosen = language ?? (readPreference('language') === null ? defaults.language : null)
    if (isLanguage(chosen)) chooseLanguage(chosen)
  }, [language, defaults.language])
}

/** Here at once, and on the server for the next browser; a token has nobody to keep it for. */
export const useChooseLanguage = ({ email }: Self): ((language: Language) => void) => {
  const change = useChangeSelf()
  return (language) => {
    chooseLanguage(language)
    if (email !== null) change.mutate({ language })
  }
}
