import { Textarea, TextInput } from '@mantine/core'
import { useTexts } from '../texts/desk-texts.tsx'

/** What is wished for, and why. */
export const WishWords = ({
  title,
  setTitle,
  problem,
  setProblem,
}: {
  readonly title: string
  readonly setTitle: (title: string) => void
  readonly problem: string
  readonly setProblem: (problem: string) => void
}) => {
  const { enhancements } = useTexts()
  return (
    <>
      <TextInput
        label={enhancements.name}
        required
        data-autofocus
        maxLength={500}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={enhancements.problem}
        autosize
        minRows={3}
        maxLength={20_000}
        value={problem}
        onChange={(event) => setProblem(event.currentTarget.value)}
      />
    </>
  )
}
