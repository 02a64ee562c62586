import { factsOf } from '../api/problem.ts'
import { useTexts } from '../texts/texts.tsx'
import { problemWords } from './problem-words.ts'
import { tell } from './tell.tsx'

/** Says at the edge of the screen what went wrong with something that has no form to say it in. */
export const useTellProblem = (): ((error: unknown) => void) => {
  const texts = useTexts()
  return (error) => {
    const { title, detail } = problemWords(factsOf(error), texts)
    tell({ text: `${title}. ${detail}`, tone: 'bad' })
  }
}
