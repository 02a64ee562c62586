import { Button, Group, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { TICKET_KINDS, type TicketKind } from '../../src/domain/words.ts'
import { type NewRequest as Body, createRequest, offersQuery, sendFile } from '../api/portal.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useGo } from '../parts/go.tsx'
import { ScreenHead } from '../parts/screen.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import { FormFields } from './form-fields.tsx'
import { Likely } from './likely.tsx'
import styles from './portal.module.css'
import { type Draft, WordsField } from './words-field.tsx'

/**
 * What somebody asks: first the sentence, and what we answered to one like it; then what the product wants to know, and
 * their own words with files.
 */
export const NewRequest = () => {
  const texts = useTexts()
  const { portal } = texts
  const go = useGo()
  const client = useQueryClient()
  const offers = useQuery(offersQuery)
  const [title, setTitle] = useState('')
  const [draft, setDraft] = useState<Draft>({ text: '', files: [] })
  const [kind, setKind] = useState<TicketKind>('incident')
  const [productId, setProductId] = useState<string | null>(null)
  const [installation, setInstallation] = useState<string | null>(null)
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  const [version, setVersion] = useState('')
  const products = offers.data?.products ?? []
  const product = products.find(({ id }) => id === productId) ?? null
  const asksVersion = product?.form.some((field) => field.kind === 'version') ?? false
  const body: Body = {
    ...{ title: title.trim(), description: draft.text.trim(), kind },
    ...(product === null ? {} : { product: product.id, answers: { ...answers } }),
    ...(installation === null ? {} : { installation }),
    ...(asksVersion || version.trim() === '' ? {} : { version: version.trim() }),
  }
  const sending = useMutation({
    mutationFn: async () => {
      const made = await createRequest(body)
      // the request is there by now: a file that fails must not make a second one
      const failed: string[] = []
      for (const file of draft.files)
        await sendFile(made.key, file).catch(() => {
          failed.push(file.name)
        })
      return { made, failed }
    },
    onSuccess: async ({ made, failed }) => {
      for (const name of failed) tell({ text: portal.fileFailed(name), tone: 'bad' })
      if (failed.length === 0) tell({ text: portal.sent(made.key), tone: 'good' })
      go(paths.request(made.key), { replace: true })
      await client.invalidateQueries({ queryKey: queryKeys.portal })
    },
  })
  const send = (): void => {
    if (title.trim() !== '' && !sending.isPending) sending.mutate()
  }
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    send()
  }
  return (
    <>
      <ScreenHead title={portal.newRequest} about={portal.newAbout} />
      <form className={styles.form} onSubmit={submitted}>
        <TextInput
          label={portal.what}
          required
          autoFocus
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Likely title={title} />
        <div className={styles.pair}>
          {products.length === 0 ? null : (
            <Select
              label={portal.product}
              placeholder={portal.anyProduct}
              searchable
              clearable
              data={products.map(({ id, name }) => ({ value: id, label: name }))}
              value={productId}
              onChange={(id) => {
                setProductId(id)
                setInstallation(null)
                setAnswers({})
              }}
            />
          )}
          <Select
            label={portal.kind}
            allowDeselect={false}
            data={TICKET_KINDS.map((word) => ({ value: word, label: texts.words.ticketKind[word] }))}
            value={kind}
            onChange={(value) => setKind(TICKET_KINDS.find((word) => word === value) ?? kind)}
          />
        </div>
        {product === null ? null : (
          <FormFields
            product={product}
            installation={installation}
            setInstallation={setInstallation}
            answers={answers}
            setAnswers={setAnswers}
          />
        )}
        {asksVersion || installation !== null ? null : (
          <TextInput
            label={portal.version}
            description={portal.optional}
            maxLength={500}
            value={version}
            onChange={(event) => setVersion(event.currentTarget.value)}
          />
        )}
        <WordsField draft={draft} set={setDraft} label={portal.story} about={portal.storyAbout} send={send} />
        <FormProblem error={sending.error} />
        <Group gap="xs">
          <Button type="submit" size="sm" loading={sending.isPending} disabled={title.trim() === ''}>
            {portal.send}
          </Button>
          <Button variant="default" size="sm" onClick={() => go(paths.requests())}>
            {texts.forms.cancel}
          </Button>
        </Group>
      </form>
    </>
  )
}
