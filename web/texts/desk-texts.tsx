import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Texts } from './en.ts'
import { type Language, useLanguage } from './texts.tsx'

/** The texts of the desk, fetched with its frame: a customer's browser never has them. */
export interface LoadedDesk {
  readonly language: Language
  readonly texts: Texts
}

export const loadDeskTexts = async (language: Language): Promise<LoadedDesk> => ({
  language,
  texts: language === 'de' ? (await import('./de.ts')).de : (await import('./en.ts')).en,
})

const Context = createContext<Texts | null>(null)

export const DeskTextsProvider = ({
  first,
  children,
}: {
  readonly first: LoadedDesk
  readonly children: ReactNode
}) => {
  const language = useLanguage()
  const [loaded, setLoaded] = useState(first)
  useEffect(() => {
    if (language === loaded.language) return
    let isWanted = true
    void loadDeskTexts(language).then((next) => {
      if (isWanted) setLoaded(next)
    })
    return () => {
      isWanted = false
    }
  }, [language, loaded.language])
  return <Context.Provider value={loaded.texts}>{children}</Context.Provider>
}

/** All texts, for what only colleagues see. */
export const useTexts = (): Texts => {
  const texts = useContext(Context)
  if (texts === null) throw new Error('texts of the desk are used outside of the desk')
  return texts
}
