import { type Enhancement, useEnhancements } from '../api/enhancements.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { PickByWords, useTypedWords } from './pick-by-words.tsx'

const SHOWN = 8

/** Chooses another request by its key or words of it; those that most ask for before anything is typed. */
export const PickWish = ({
  other,
  value,
  choose,
}: {
  readonly other: Enhancement
  readonly value: string | null
  readonly choose: (key: string) => void
}) => {
  const { enhancements } = useTexts()
  const words = useTypedWords()
  // of one product: what is wished for another is another wish
  const filters = {
    product: other.product.id,
    order: 'tickets',
    ...(words.text === '' ? {} : { text: words.text }),
  }
  const source = useEnhancements(filters, true)
  // it goes into one that goes on: what was merged already is not among them
  const found = source.items.filter(({ id }) => id !== other.id).slice(0, SHOWN)
  return (
    <PickByWords
      label={enhancements.into}
      nothing={enhancements.noOther}
      words={words}
      isPending={source.isPending}
      found={found.map(({ id, key, title, product, standing, demand }) => ({
        ...{ id, key, title },
        more: [
          product.name,
          enhancements.standings[standing],
          enhancements.wanted(demand.customers, demand.tickets),
        ].join(' · '),
      }))}
      value={value}
      choose={choose}
    />
  )
}
