import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Partner, type Policy, partnerPreviewQuery, type SharedItem } from '../api/partners.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Card } from './card.tsx'
import { fieldName } from './field-words.ts'
import styles from './partner.module.css'
import { shownValue } from './shown-value.ts'
import { Failed, Loading } from './states.tsx'

const TYPED_MS = 600

/** What they would see of a record, by what stands on the screen: made by the server as their own answer is. */
export const PartnerPreview = ({
  partner,
  policy,
}: {
  readonly partner: Partner
  readonly policy: Policy
}) => {
  const { partners: words } = useTexts()
  const mayLook = mayDo(useSelf(), 'partners.preview')
  const [ref, setRef] = useState('')
  const [asked] = useDebouncedValue({ ref: ref.trim(), policy }, TYPED_MS)
  const preview = useQuery({
    ...partnerPreviewQuery(partner.id, asked.ref, asked.policy),
    enabled: mayLook,
    placeholderData: keepPreviousData,
  })
  if (!mayLook) return null
  return (
    <Card title={words.preview} about={words.previewAbout}>
      <TextInput
        label={words.previewOf}
        placeholder={words.previewLatest}
        maxLength={100}
        value={ref}
        onChange={(event) => setRef(event.currentTarget.value)}
      />
      {preview.isPending ? <Loading /> : null}
      {preview.error === null ? null : <Failed error={preview.error} retry={() => void preview.refetch()} />}
      {preview.data === undefined || preview.error !== null ? null : preview.data.item === null ? (
        <p className="quiet plain">{words.previewNone}</p>
      ) : (
        <Seen item={preview.data.item} />
      )}
    </Card>
  )
}

const Seen = ({ item }: { readonly item: SharedItem }) => {
  const texts = useTexts()
  const { partners: words } = texts
  const fields = Object.entries(item.fields)
  const isBare = fields.length + item.comments.length + item.attachments.length === 0 && item.status === null
  return (
    <>
      <p className="plain">
        <strong>{item.key}</strong> <span className="quiet">{item.url}</span>
      </p>
      {isBare ? <p className="quiet plain">{words.previewNothing}</p> : null}
      <dl className={styles.seen}>
        {item.status === null ? null : (
          <div>
            <dt>{words.status}</dt>
            <dd>{item.status}</dd>
          </div>
        )}
        {fields.map(([field, value]) => (
          <div key={field}>
            <dt>{fieldName(field, texts)}</dt>
            <dd>{shownValue(value) ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <ul className={styles.words}>
        {item.comments.map((comment) => (
          <li key={comment.id}>
            {comment.byYou ? <Badge tone="info">{words.previewYours}</Badge> : null}{' '}
            {comment.visibility === 'internal' ? <Badge tone="warn">{words.previewInternal}</Badge> : null}{' '}
            {comment.author === null ? null : <strong>{comment.author.name}: </strong>}
            {comment.text}
          </li>
        ))}
        {item.attachments.map((file) => (
          <li key={file.id}>{file.name}</li>
        ))}
      </ul>
      <p className="quiet plain">{words.previewSome}</p>
    </>
  )
}
