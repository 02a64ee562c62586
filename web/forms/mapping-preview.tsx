import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Mapping, type Previewed, previewQuery } from '../api/connections.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { Card } from '../parts/card.tsx'
import { fieldName } from '../parts/field-words.ts'
import { holdWords } from '../parts/hold-words.ts'
import styles from '../parts/mapping.module.css'
import { RecordLink } from '../parts/record-link.tsx'
import { roleReason } from '../parts/roles.ts'
import { shownValue } from '../parts/shown-value.ts'
import { Failed, Loading } from '../parts/states.tsx'
import type { Tone } from '../parts/tones.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const TYPED_MS = 900

/** What the mapping on the screen would read from and write to real items, asked again while one edits. */
export const MappingPreview = ({ of, mapping }: { readonly of: string; readonly mapping: Mapping }) => {
  const texts = useTexts()
  const words = texts.mapping
  const self = useSelf()
  const [isOpen, setOpen] = useState(false)
  const [calm] = useDebouncedValue(mapping, TYPED_MS)
  const preview = useQuery({
    ...previewQuery(of, calm),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={words.preview} about={words.previewAbout}>
      {isOpen ? null : (
        <div>
          <ActionButton
            label={words.previewShow}
            reason={mayDo(self, 'connections.write') ? null : roleReason(self, texts)}
            run={() => setOpen(true)}
          />
        </div>
      )}
      {isOpen && preview.isPending ? <Loading /> : null}
      {preview.error !== null ? <Failed error={preview.error} retry={() => void preview.refetch()} /> : null}
      {preview.data?.items.length === 0 ? <p className="quiet plain">{words.previewNone}</p> : null}
      {preview.data?.items.map((item) => (
        <Item key={item.there.key} item={item} />
      ))}
    </Card>
  )
}

type Item = Previewed['items'][number]
const TONES: Readonly<Record<Item['lines'][number]['does'], Tone>> = {
  nothing: 'plain',
  'to hub': 'info',
  'to tool': 'move',
  waits: 'warn',
  asks: 'bad',
}

const Waits = ({ line }: { readonly line: Item['lines'][number] }) => {
  const texts = useTexts()
  if (line.reason === null) return null
  const { reason, nextStep } = holdWords(
    { reason: line.reason, nextStep: line.nextStep ?? '', told: line.told },
    texts,
  )
  return (
    <>
      <span> {reason}</span>
      <span className="quiet"> {nextStep}</span>
    </>
  )
}

const Item = ({ item }: { readonly item: Item }) => {
  const texts = useTexts()
  const { mapping: words, why } = texts
  const shown = (line: Item['lines'][number], value: unknown): string =>
    line.hidden ? words.previewHidden : cut(shownValue(value) ?? '–')
  return (
    // wider than a phone: it is scrolled, by keyboard too
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who cannot use a mouse scrolls a region they can focus
    <section className={styles.preview} tabIndex={0} aria-label={item.there.key}>
      <table>
        <caption>
          <a href={item.there.url} target="_blank" rel="noopener noreferrer">
            {item.there.key}
          </a>{' '}
          ·{' '}
          {item.record === null ? (
            <span className="quiet">{words.noRecord}</span>
          ) : (
            <RecordLink kind={item.record.kind} name={item.record.key} />
          )}
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{why.there}</th>
            <th scope="col">{why.here}</th>
            <th scope="col">{texts.mapping.tryTitle}</th>
          </tr>
        </thead>
        <tbody>
          {item.lines.map((line) => (
            <tr key={`${line.field} ${line.toolField}`}>
              <td>
                {fieldName(line.field, texts)} <span className="quiet">↔ {line.toolField}</span>
              </td>
              <td>{shown(line, line.there)}</td>
              <td>{shown(line, line.here)}</td>
              <td>
                <Badge tone={TONES[line.does]}>{words.does[line.does]}</Badge>{' '}
                {line.becomes === null || line.hidden ? null : cut(shownValue(line.becomes) ?? why.nothing)}
                <Waits line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const SHOWN = 160
const cut = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text)
