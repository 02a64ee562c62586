import { Button, Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Importance } from '../../src/domain/enhancement.ts'
import { type Enhancement, useAskFor, useNewEnhancement, wishOfTicketQuery } from '../api/enhancements.ts'
import { say } from '../parts/say.ts'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { ImportanceField } from './importance-field.tsx'
import { PickComponent } from './pick-component.tsx'
import { PickRecord } from './pick-record.tsx'
import { useSaved } from './use-saved.ts'
import { WishWords } from './wish-words.tsx'

/** What somebody wishes for, without a ticket. */
export const NewWishDialog = ({ close }: { readonly close: () => void }) => {
  const texts = useTexts()
  const { enhancements } = texts
  const making = useNewEnhancement()
  const saved = useSaved(close)
  const [title, setTitle] = useState('')
  const [problem, setProblem] = useState('')
  const [product, setProduct] = useState<string | null>(null)
  const [component, setComponent] = useState<string | null>(null)
  return (
    <FormDialog
      isOpen
      close={close}
      title={enhancements.add}
      send={() =>
        product === null
          ? undefined
          : making.mutate({ title: title.trim(), problem: problem.trim(), product, component }, saved)
      }
      sendLabel={enhancements.add}
      isSending={making.isPending}
      error={making.error}
      isReady={title.trim() !== '' && product !== null}
    >
      <WishWords title={title} setTitle={setTitle} problem={problem} setProblem={setProblem} />
      <PickRecord
        noun="products"
        label={texts.fields.product}
        value={product}
        choose={(id) => {
          setProduct(id)
          setComponent(null)
        }}
      />
      {product === null ? null : (
        <PickComponent
          product={product}
          label={texts.fields.component}
          value={component}
          choose={setComponent}
        />
      )}
    </FormDialog>
  )
}

const NEW = 'new'

/** Says what a ticket asks for: a request that is like it, or a new one. */
export const FileWishDialog = ({
  ticket,
  title: ticketTitle,
  product: known,
  close,
}: {
  readonly ticket: string
  readonly title: string
  /** Null: nobody said which. */
  readonly product: string | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { unfiled } = texts.enhancements
  const found = useQuery(wishOfTicketQuery(ticket))
  const making = useNewEnhancement()
  const asking = useAskFor()
  const [chosen, setChosen] = useState<string>(NEW)
  const [title, setTitle] = useState(ticketTitle)
  const [problem, setProblem] = useState('')
  const [product, setProduct] = useState(known)
  const [importance, setImportance] = useState<Importance | null>(null)
  const suggestions = found.data?.suggestions ?? []
  const filed = {
    onSuccess: ({ key }: Enhancement) => {
      close()
      tell({ text: unfiled.filed(key), tone: 'good' })
    },
  }
  const send = (): void => {
    if (chosen !== NEW) asking.mutate({ key: chosen, ticket, importance }, filed)
    else if (product !== null)
      making.mutate({ title: title.trim(), problem: problem.trim(), product, ticket, importance }, filed)
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={unfiled.fileTitle(ticket)}
      send={send}
      sendLabel={unfiled.file}
      isSending={making.isPending || asking.isPending}
      error={making.error ?? asking.error}
      isReady={chosen !== NEW || (title.trim() !== '' && product !== null)}
      size="lg"
    >
      <FormProblem error={found.error} />
      <Radio.Group label={unfiled.like} value={chosen} onChange={setChosen}>
        <Stack gap={6} mt={6}>
          {suggestions.map((one) => (
            <Radio
              key={one.id}
              value={one.key}
              label={`${one.key} ${one.title}`}
              description={one.reasons.map((reason) => say(reason, texts)).join(' · ')}
            />
          ))}
          <Radio value={NEW} label={unfiled.asNew} />
        </Stack>
      </Radio.Group>
      {chosen === NEW ? (
        <>
          <WishWords title={title} setTitle={setTitle} problem={problem} setProblem={setProblem} />
          {known === null ? (
            <PickRecord noun="products" label={texts.fields.product} value={product} choose={setProduct} />
          ) : null}
        </>
      ) : null}
      <ImportanceField value={importance} choose={setImportance} />
    </FormDialog>
  )
}

/** Opens the filing of a ticket from its own page. */
export const FileWishButton = ({ open }: { readonly open: () => void }) => {
  const { unfiled } = useTexts().enhancements
  return (
    <Button size="xs" variant="default" onClick={open}>
      {unfiled.file}
    </Button>
  )
}
