import { Checkbox, NumberInput, PasswordInput, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { EVERY_MINUTES } from '../../src/domain/trace/followed-repository.ts'
import { type FollowedRepository, useKeepRepository } from '../api/repositories.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'
import { headsText, readHeads } from './repository-heads.ts'

/** How a repository is read. Its product stays: what it told is told of that one. */
export const RepositoryDialog = ({
  repository,
  close,
}: {
  readonly repository: FollowedRepository | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { repositories: words, manage } = texts
  const keep = useKeepRepository()
  const [product, setProduct] = useState<string | null>(null)
  const [lines, setLines] = useState(() => ({
    ...{ address: repository?.address ?? '', account: repository?.account ?? '', token: '' },
    ...{ tags: repository?.tags ?? '', except: repository?.except ?? '' },
    ...{ prefix: repository?.prefix ?? '', path: repository?.path ?? '' },
  }))
  const [forget, setForget] = useState(false)
  const [heads, setHeads] = useState(headsText(repository?.heads ?? []))
  const [everyMinutes, setEvery] = useState<number>(repository?.everyMinutes ?? EVERY_MINUTES.usual)
  const isMore =
    repository !== null &&
    [repository.account, repository.prefix, repository.path, repository.heads[0] ?? null].some(
      (one) => one !== null,
    )
  const planned = readHeads(heads)
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  const send = (): void => {
    if (planned === null) return
    const token = orNull(lines.token)
    const set = {
      ...{ address: lines.address.trim(), account: orNull(lines.account), tags: orNull(lines.tags) },
      ...{ except: orNull(lines.except), prefix: orNull(lines.prefix), path: orNull(lines.path) },
      ...{ heads: [...planned], everyMinutes },
      ...(token !== null ? { token } : forget ? { token: null } : {}),
    }
    const done = {
      onSuccess: () => {
        close()
        tell({ text: repository === null ? words.followed : words.kept, tone: 'good' })
      },
    }
    if (repository !== null)
      keep.mutate({ id: repository.id, set: { ...set, revision: repository.revision } }, done)
    else if (product !== null) keep.mutate({ make: { ...set, product } }, done)
  }
  const line = (name: keyof typeof lines, label: string, about: string, max: number) => (
    <TextInput
      label={label}
      description={about}
      maxLength={max}
      value={lines[name]}
      onChange={(event) => {
        const { value } = event.currentTarget
        setLines((before) => ({ ...before, [name]: value }))
      }}
      {...(name === 'address' ? { required: true, 'data-autofocus': true } : {})}
    />
  )
  return (
    <FormDialog
      isOpen
      close={close}
      title={repository === null ? words.add : words.edit(repository.address)}
      send={send}
      sendLabel={repository === null ? words.add : manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={lines.address.trim() !== '' && planned !== null && (repository !== null || product !== null)}
    >
      {line('address', words.address, words.addressAbout, 500)}
      {repository === null ? (
        <PickRecord noun="products" label={texts.fields.product} value={product} choose={setProduct} />
      ) : null}
      <PasswordInput
        label={words.token}
        description={repository?.hasToken === true ? words.tokenKept : words.tokenAbout}
        autoComplete="off"
        maxLength={4_000}
        value={lines.token}
        onChange={(event) => {
          const { value } = event.currentTarget
          setLines((before) => ({ ...before, token: value }))
        }}
      />
      {repository?.hasToken === true && lines.token === '' ? (
        <Checkbox
          label={words.forgetToken}
          checked={forget}
          onChange={(event) => setForget(event.currentTarget.checked)}
        />
      ) : null}
      {line('tags', words.tags, words.tagsAbout, 200)}
      {line('except', words.except, words.exceptAbout, 200)}
      <details open={isMore}>
        <summary>{words.more}</summary>
        <Stack mt="xs">
          {line('account', words.account, words.accountAbout, 200)}
          {line('prefix', words.prefix, words.prefixAbout, 100)}
          {line('path', words.path, words.pathAbout, 500)}
          <Textarea
            label={words.heads}
            description={words.headsAbout}
            autosize
            minRows={1}
            maxRows={6}
            value={heads}
            error={planned === null ? words.headsFault : null}
            onChange={(event) => setHeads(event.currentTarget.value)}
          />
          <NumberInput
            label={words.everyMinutes}
            min={EVERY_MINUTES.min}
            max={EVERY_MINUTES.max}
            allowDecimal={false}
            value={everyMinutes}
            onChange={(value) => setEvery(typeof value === 'number' ? value : EVERY_MINUTES.usual)}
          />
        </Stack>
      </details>
    </FormDialog>
  )
}
