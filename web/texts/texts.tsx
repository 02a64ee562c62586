import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { readPreference, usePreference, writePreference } from '../parts/preferences.ts'
import type { EveryonesTexts } from './en-everyone.ts'

/** The languages of the app; each is fetched only when somebody reads it. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

export interface Loaded {
  readonly language: Language
  readonly texts: EveryonesTexts
}

const load = async (language: Language): Promise<Loaded> => ({
  language,
  texts:
    language === 'de'
      ? (await import('./de-everyone.ts')).deEveryone
      : (await import('./en-everyone.ts')).enEveryone,
})

export const isLanguage = (word: string | null): word is Language => word !== null && word in LANGUAGES

/** What the reader chose; else the first language of the browser that we have. */
export const chosenLanguage = (): Language => {
  const chosen = readPreference('language')
  if (isLanguage(chosen)) return chosen
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'
}

export const loadFirstTexts = (): Promise<Loaded> => load(chosenLanguage())
export const chooseLanguage = (language: Language): void => writePreference('language', language)

const Context = createContext<Loaded | null>(null)

export const TextsProvider = ({
  first,
  children,
}: {
  readonly first: Loaded
  readonly children: ReactNode
}) => {
  const [loaded, setLoaded] = useState(first)
  const preferred = usePreference('language')
  useEffect(() => {
    const language = isLanguage(preferred) ? preferred : chosenLanguage()
    document.documentElement.lang = loaded.language
    if (language === loaded.language) return
    let isWanted = true
    void load(language).then((next) => {
      if (isWanted) setLoaded(next)
    })
    return () => {
      isWanted = false
    }
  }, [preferred, loaded.language])
  return <Context.Provider value={loaded}>{children}</Context.Provider>
}

const useLoaded = (): Loaded => {
  const loaded = useContext(Context)
  if (loaded === null) throw new Error('texts are used outside of their provider')
  return loaded
}

/** What everyone reads. For what only colleagues see there is the one of desk-texts.tsx, which has all. */
export const useTexts = (): EveryonesTexts => useLoaded().texts
export const useLanguage = (): Language => useLoaded().language

/** For dates and numbers: the reader's own region where it speaks the language of the screen (`de-AT`, `en-GB`). */
export const useLocale = (): string => {
  const { language } = useLoaded()
  return useMemo(
    () => navigator.languages.find((tag) => tag.slice(0, 2) === language) ?? language,
    [language],
  )
}
