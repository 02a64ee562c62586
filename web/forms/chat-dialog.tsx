import { PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { CHAT_KINDS } from '../../src/domain/chat/chat-kind.ts'
import { SETTING_LANGUAGES } from '../../src/domain/settings.ts'
import { type Chat, useKeepChat } from '../api/chats.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { LANGUAGES, useLanguage } from '../texts/texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

/** A chat tool in which our people may ask. Once it is known, it shows the address that the tool calls. */
export const ChatDialog = ({
  chat,
  opened,
  close,
}: {
  readonly chat: Chat | null
  /** It is there now, and the tool wants its address. */
  readonly opened: (chat: Chat) => void
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { chats: words, manage } = texts
  const read = useLanguage()
  const keep = useKeepChat()
  const [kind, setKind] = useState<Chat['kind']>(chat?.kind ?? 'slack')
  const [name, setName] = useState(chat?.name ?? '')
  const [secret, setSecret] = useState('')
  const [product, setProduct] = useState<string | null>(chat?.product?.id ?? null)
  const [language, setLanguage] = useState<Chat['language']>(chat?.language ?? read)
  const send = (): void => {
    const set = { name: name.trim(), product, language }
    const given = secret.trim()
    if (chat === null)
      keep.mutate(
        { make: { ...set, kind, secret: given } },
        {
          // the dialog goes on, with the address that the tool wants
          onSuccess: opened,
        },
      )
    else
      keep.mutate(
        { id: chat.id, set: { ...set, revision: chat.revision, ...(given === '' ? {} : { secret: given }) } },
        {
          onSuccess: () => {
            tell({ text: words.saved, tone: 'good' })
            close()
          },
        },
      )
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={chat === null ? words.add : words.edit(chat.name)}
      send={send}
      sendLabel={chat === null ? words.add : manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== '' && (chat !== null || secret.trim() !== '')}
    >
      {chat === null ? (
        <Select
          label={words.kind}
          allowDeselect={false}
          data={CHAT_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
          value={kind}
          onChange={(value) => setKind(CHAT_KINDS.find((one) => one === value) ?? kind)}
        />
      ) : (
        <div>
          <p className="plain">{words.address}</p>
          <CopyText text={`${globalThis.location.origin}${chat.path}`} label={words.address} />
          <p className="quiet plain">{words.addressAbouts[chat.kind]}</p>
        </div>
      )}
      <TextInput
        label={words.name}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={words.secrets[kind]}
        description={chat === null ? words.secretAbouts[kind] : words.secretKept}
        required={chat === null}
        autoComplete="off"
        maxLength={500}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <PickRecord
        noun="products"
        label={words.product}
        about={words.productAbout}
        value={product}
        choose={setProduct}
        known={chat?.product ?? null}
      />
      <Select
        label={words.language}
        allowDeselect={false}
        data={SETTING_LANGUAGES.map((value) => ({ value, label: LANGUAGES[value] }))}
        value={language}
        onChange={(value) => setLanguage(SETTING_LANGUAGES.find((one) => one === value) ?? language)}
      />
    </FormDialog>
  )
}
