import { Button, FileButton, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { TICKET_KINDS, type TicketKind } from '../../src/domain/words.ts'
import { queryKeys } from '../api/query-keys.ts'
import { ticketSearch } from '../api/search.ts'
import { createTicket } from '../api/tickets.ts'
import { attachToTicket } from '../api/timeline.ts'
import { Go, useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import styles from '../parts/portal.module.css'
import { tellingWord } from '../parts/request-words.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

const TYPED_MS = 300

export const NewRequest = () => {
  const texts = useTexts()
  const { portal } = texts
  const go = useGo()
  const client = useQueryClient()
  const [title, setTitle] = useState('')
  const [description, setDescription] = useState('')
  const [kind, setKind] = useState<TicketKind>('incident')
  const [version, setVersion] = useState('')
  const [environment, setEnvironment] = useState('')
  const [files, setFiles] = useState<readonly File[]>([])
  const sending = useMutation({
    mutationFn: async () => {
      const ticket = await createTicket({
        ...{ title: title.trim(), description, kind },
        ...(version.trim() === '' ? {} : { version: version.trim() }),
        ...(environment.trim() === '' ? {} : { environment: environment.trim() }),
      })
      // the request is there by now: a file that fails must not make a second one
      const failed: string[] = []
      for (const file of files)
        await attachToTicket(ticket.key, file).catch(() => {
          failed.push(file.name)
        })
      return { ticket, failed }
    },
    onSuccess: async ({ ticket, failed }) => {
      for (const name of failed) tell({ text: portal.fileFailed(name), tone: 'bad' })
      if (failed.length === 0) tell({ text: portal.sent(ticket.key), tone: 'good' })
      go(paths.request(ticket.key), { replace: true })
      await client.invalidateQueries({ queryKey: queryKeys.tickets })
    },
  })
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    if (title.trim() !== '') sending.mutate()
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
        <Alike title={title} />
        <Select
          label={portal.kind}
          size="sm"
          allowDeselect={false}
          data={TICKET_KINDS.map((word) => ({ value: word, label: texts.words.ticketKind[word] }))}
          value={kind}
          onChange={(value) => setKind(TICKET_KINDS.find((word) => word === value) ?? kind)}
        />
        <Textarea
          label={portal.story}
          description={portal.storyAbout}
          autosize
          minRows={6}
          maxLength={200_000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <div className={styles.pair}>
          <TextInput
            label={portal.version}
            description={portal.optional}
            maxLength={500}
            value={version}
            onChange={(event) => setVersion(event.currentTarget.value)}
          />
          <TextInput
            label={portal.environment}
            description={portal.optional}
            maxLength={500}
            value={environment}
            onChange={(event) => setEnvironment(event.currentTarget.value)}
          />
        </div>
        <div className={styles.files}>
          <FileButton multiple onChange={(more) => setFiles((had) => [...had, ...more])}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<Icon name="clip" size={14} />}>
                {portal.attach}
              </Button>
            )}
          </FileButton>
          {files.map((file) => (
            <Button
              key={`${file.name} ${file.size} ${file.lastModified}`}
              variant="light"
              rightSection={<Icon name="close" size={12} />}
              aria-label={portal.drop(file.name)}
              onClick={() => setFiles((had) => had.filter((one) => one !== file))}
            >
              {file.name}
            </Button>
          ))}
        </div>
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

/** Their own requests that sound like this one: perhaps the answer is there already. */
const Alike = ({ title }: { readonly title: string }) => {
  const { portal } = useTexts()
  const [word] = useDebouncedValue(tellingWord(title), TYPED_MS)
  const found = useQuery({ ...ticketSearch(word ?? ''), enabled: word !== null })
  const items = word === null ? [] : (found.data?.items ?? [])
  return items.length === 0 ? null : (
    <section className={styles.alike} role="status">
      <strong>{portal.alike}</strong>
      <ul>
        {items.map(({ id, key, title: theirs }) => (
          <li key={id}>
            <Go to={paths.request(key)}>{`${key} ${theirs}`}</Go>
          </li>
        ))}
      </ul>
    </section>
  )
}
