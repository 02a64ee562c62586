import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { NOTHING_SHARED } from '../../src/domain/sharing.ts'
import { type Partner, type Policy, useNewPartner, usePartners } from '../api/partners.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { CopyText } from '../parts/copy-text.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** Other companies' Causeways, and what each sees of ours. */
export const Partners = () => {
  const texts = useTexts()
  const { partners: words } = texts
  const self = useSelf()
  const go = useGo()
  const mayRead = mayDo(self, 'partners.read')
  const source = usePartners(mayRead)
  const [isAdding, setAdding] = useState(false)
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={words.add}
      reason={mayDo(self, 'partners.write') ? null : roleReason(self, texts)}
      run={() => setAdding(true)}
    />
  )
  return (
    <>
      <ScreenHead title={words.title} about={words.about}>
        {mayRead ? add : null}
      </ScreenHead>
      <WaitTabs />
      {mayRead ? (
        <List
          source={{
            ...source,
            items: source.items.map((partner) => ({ id: partner.id, key: partner.id, partner })),
          }}
          row={({ partner }) => <OnePartner partner={partner} open={() => go(paths.partner(partner.id))} />}
          open={({ partner }) => go(paths.partner(partner.id))}
          empty={
            <Empty icon="link" title={words.empty} actions={add}>
              {words.emptyAbout}
            </Empty>
          }
        />
      ) : (
        <NoRights />
      )}
      {isAdding ? <NewPartner close={() => setAdding(false)} /> : null}
    </>
  )
}

const OnePartner = ({ partner, open }: { readonly partner: Partner; readonly open: () => void }) => {
  const { partners: words } = useTexts()
  return (
    <Row
      opens
      row={{
        name: partner.name,
        face: <Icon name="link" />,
        about: (
          <>
            {words.records[partner.policy.record]} · {words.seen(partner.records)} ·{' '}
            {partner.lastAskedAt === null ? (
              words.never
            ) : (
              <>
                {words.asked} <Time at={partner.lastAskedAt} />
              </>
            )}
          </>
        ),
        facts: partner.endedBy === null ? null : <Badge tone="plain">{words.ended[partner.endedBy]}</Badge>,
        actions: [{ label: words.policy, reason: null, run: open }],
      }}
    />
  )
}

/** They begin with nothing: a token that opens an empty room. What is in it is decided on their own screen. */
const NewPartner = ({ close }: { readonly close: () => void }) => {
  const { partners: words } = useTexts()
  const go = useGo()
  const making = useNewPartner()
  const [name, setName] = useState('')
  const [record, setRecord] = useState<Policy['record']>('ticket')
  if (making.data !== undefined) {
    const { partner, token } = making.data
    return <TheirToken token={token} close={() => go(paths.partner(partner.id))} />
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.add}
      send={() => making.mutate({ name: name.trim(), policy: { ...nothing(), record } })}
      sendLabel={words.add}
      isSending={making.isPending}
      error={making.error}
      isReady={name.trim() !== ''}
    >
      <TextInput
        label={words.name}
        description={words.nameAbout}
        required
        maxLength={200}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label={words.record}
        description={words.recordAbout}
        value={record}
        onChange={(value) => setRecord(value === 'work item' ? 'work item' : 'ticket')}
      >
        <Stack gap={6} mt={6}>
          {(['ticket', 'work item'] as const).map((kind) => (
            <Radio key={kind} value={kind} label={words.records[kind]} />
          ))}
        </Stack>
      </Radio.Group>
    </FormDialog>
  )
}

const nothing = (): Policy => ({
  ...NOTHING_SHARED,
  products: [],
  reads: [],
  writes: [],
  words: [],
})

/** Shown once: a slip beside it must not lose it. */
export const TheirToken = ({ token, close }: { readonly token: string; readonly close: () => void }) => {
  const { partners: words } = useTexts()
  return (
    <Modal
      opened
      onClose={close}
      title={words.made}
      size="md"
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="sm">
        <p className="plain">{words.madeAbout}</p>
        <CopyText text={token} label={words.made} />
        <p className="plain">{words.madeNext}</p>
        <CopyText text={globalThis.location.origin} label={words.madeNext} />
        <Group justify="flex-end">
          <Button onClick={close}>{words.done}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
