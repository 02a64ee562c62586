import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { FoundPair, Matched } from '../api/pairs.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { useLocale } from '../texts/texts.tsx'
import styles from './pairs.module.css'
import { say } from './say.ts'
import type { Selection } from './use-selection.ts'

/** More than this many rows at once make a browser slow and a reader no wiser. */
const SHOWN = 200

export const nameOf = ({ desk, tracker }: FoundPair): string => `${desk.key} ${tracker.key}`

/** The pairs that were found, each with what speaks for it. */
export const FoundPairs = ({
  pairs,
  selection,
}: {
  readonly pairs: readonly FoundPair[]
  readonly selection: Selection
}) => {
  const { pairs: words } = useTexts()
  const share = new Intl.NumberFormat(useLocale(), { style: 'percent' })
  const [shown, setShown] = useState(SHOWN)
  const isAll = pairs.every((pair) => selection.chosen.has(nameOf(pair)))
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                aria-label={words.chooseAll}
                checked={isAll}
                onChange={() => selection.only(isAll ? [] : pairs.map(nameOf))}
              />
            </th>
            <th scope="col">{words.desk}</th>
            <th scope="col">{words.tracker}</th>
            <th scope="col">{words.because}</th>
            <th scope="col" className={styles.sure}>
              {words.sure}
            </th>
          </tr>
        </thead>
        <tbody>
          {pairs.slice(0, shown).map((pair) => (
            <tr key={nameOf(pair)}>
              <td>
                <Checkbox
                  aria-label={words.choose(pair.desk.key, pair.tracker.key)}
                  checked={selection.chosen.has(nameOf(pair))}
                  onChange={() => selection.toggle(nameOf(pair))}
                />
              </td>
              <td>
                <Item item={pair.desk} />
              </td>
              <td>
                <Item item={pair.tracker} />
              </td>
              <td>{words.reasons[pair.because] ?? pair.because}</td>
              <td className={styles.sure}>{share.format(pair.confidence)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.length > shown ? (
        <p className={styles.progress}>
          <span className="quiet">{words.shown(shown, pairs.length)}</span>
          <Button variant="default" size="xs" onClick={() => setShown(shown + SHOWN)}>
            {words.more}
          </Button>
        </p>
      ) : null}
    </div>
  )
}

const Item = ({ item }: { readonly item: FoundPair['desk'] }) => (
  <>
    {item.url === '' ? (
      item.key
    ) : (
      <a href={item.url} target="_blank" rel="noreferrer noopener">
        {item.key}
      </a>
    )}
    <span className={styles.title}>{item.title}</span>
  </>
)

/** What names something that is not there, or fits several: nothing is done with them. */
export const UnclearItems = ({ unclear }: { readonly unclear: Matched['unclear'] }) => {
  const texts = useTexts()
  return (
    <ul className={styles.unclear}>
      {unclear.slice(0, SHOWN).map((one) => (
        <li key={one.desk.key}>
          <Item item={one.desk} />
          {say(one.reason, texts)}
        </li>
      ))}
      {unclear.length > SHOWN ? <li className="quiet">{texts.pairs.shown(SHOWN, unclear.length)}</li> : null}
    </ul>
  )
}
