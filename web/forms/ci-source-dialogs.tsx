import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { CI_KINDS } from '../../src/domain/ci/ci-kind.ts'
import {
  type CiRule,
  type CiSource,
  type MadeCiSource,
  useChangeCiSource,
  useNewCiSource,
  useRenewCiSecret,
} from '../api/deployments.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { CiPlaceField, isPlaced, NO_CI_PLACE, ruleOf } from './ci-place.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'
import { useSaved } from './use-saved.ts'

type Kind = CiSource['kind']

/** A CI system that may tell of deployments. Its key, kind and product stay. */
export const NewCiSourceDialog = ({
  close,
  made,
}: {
  readonly close: () => void
  readonly made: (what: MadeCiSource) => void
}) => {
  const texts = useTexts()
  const { sources: words } = texts.deployments
  const making = useNewCiSource()
  const [name, setName] = useState('')
  const [key, setKey] = useState('')
  const [kind, setKind] = useState<Kind>('signed')
  const [product, setProduct] = useState<string | null>(null)
  const [secret, setSecret] = useState('')
  const send = (): void => {
    if (product === null) return
    const own = secret.trim() === '' ? {} : { secret: secret.trim() }
    making.mutate({ name: name.trim(), key: key.trim(), kind, product, ...own }, { onSuccess: made })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.add}
      send={send}
      sendLabel={words.add}
      isSending={making.isPending}
      error={making.error}
      isReady={name.trim() !== '' && key.trim() !== '' && product !== null}
    >
      <TextInput
        label={texts.manage.name}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={texts.manage.key}
        description={texts.manage.keyAbout}
        required
        maxLength={100}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Select
        label={words.kind}
        data={CI_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(CI_KINDS.find((one) => one === value) ?? 'signed')}
      />
      <PickRecord noun="products" label={words.product} value={product} choose={setProduct} />
      {kind === 'gitlab' ? <OwnSecret value={secret} set={setSecret} /> : null}
    </FormDialog>
  )
}

const OwnSecret = ({ value, set }: { readonly value: string; readonly set: (value: string) => void }) => {
  const { sources: words } = useTexts().deployments
  return (
    <TextInput
      label={words.ownSecret}
      description={words.ownSecretAbout}
      maxLength={500}
      autoComplete="off"
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

/** Its name, what is left off its tags, and where its places are. */
export const CiSourceDialog = ({
  source,
  close,
}: {
  readonly source: CiSource
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { sources: words, waiting } = texts.deployments
  const changing = useChangeCiSource()
  const saved = useSaved(close)
  const [name, setName] = useState(source.name)
  const [tagPrefix, setTagPrefix] = useState(source.tagPrefix ?? '')
  const [rules, setRules] = useState<readonly CiRule[]>(source.rules)
  const [pattern, setPattern] = useState('')
  const [place, setPlace] = useState(NO_CI_PLACE)
  const isAdding = pattern.trim() !== ''
  const send = (): void => {
    const kept = rules.map((rule) => ({
      pattern: rule.pattern,
      ...(rule.environment === null ? {} : { environment: rule.environment.id }),
      ...(rule.installation === null ? {} : { installation: rule.installation.id }),
    }))
    const set = {
      name: name.trim(),
      tagPrefix: tagPrefix.trim() === '' ? null : tagPrefix.trim(),
      rules: isAdding ? [...kept, ruleOf(pattern, place)] : kept,
      revision: source.revision,
    }
    changing.mutate({ id: source.id, set }, saved)
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.edit(source.name)}
      send={send}
      sendLabel={texts.manage.save}
      isSending={changing.isPending}
      error={changing.error}
      isReady={name.trim() !== '' && (!isAdding || isPlaced(place))}
    >
      <TextInput
        label={texts.manage.name}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Address source={source} />
      <TextInput
        label={words.tagPrefix}
        description={words.tagPrefixAbout}
        maxLength={100}
        value={tagPrefix}
        onChange={(event) => setTagPrefix(event.currentTarget.value)}
      />
      <strong>{words.rules}</strong>
      <p className="quiet plain">{words.rulesAbout}</p>
      <Rules rules={rules} takeAway={(gone) => setRules(rules.filter((rule) => rule !== gone))} />
      <TextInput
        label={words.addRule}
        description={waiting.patternAbout}
        maxLength={200}
        value={pattern}
        onChange={(event) => setPattern(event.currentTarget.value)}
      />
      {isAdding ? <CiPlaceField product={source.product.id} value={place} choose={setPlace} /> : null}
    </FormDialog>
  )
}

const Rules = ({
  rules,
  takeAway,
}: {
  readonly rules: readonly CiRule[]
  readonly takeAway: (rule: CiRule) => void
}) => {
  const { sources: words, place } = useTexts().deployments
  if (rules.length === 0) return <p className="quiet plain">{words.noRules}</p>
  return (
    <Stack gap={4}>
      {rules.map((rule, at) => (
        // rules have no other name than their place among them
        // biome-ignore lint/suspicious/noArrayIndexKey: the same pattern may stand twice
        <Group key={`${at} ${rule.pattern}`} justify="space-between" wrap="nowrap">
          <span>
            <code>{rule.pattern}</code> →{' '}
            {rule.environment?.name ??
              (rule.installation === null
                ? place.nowhere
                : `${rule.installation.customer.name} · ${rule.installation.environment}`)}
          </span>
          <Button
            variant="subtle"
            color="gray"
            px={8}
            aria-label={words.takeAway(rule.pattern)}
            onClick={() => takeAway(rule)}
          >
            <Icon name="close" />
          </Button>
        </Group>
      ))}
    </Stack>
  )
}

const Address = ({ source }: { readonly source: CiSource }) => {
  const { sources: words } = useTexts().deployments
  return (
    <div>
      <p className="plain">{words.address}</p>
      <CopyText text={`${globalThis.location.origin}${source.path}`} label={words.address} />
    </div>
  )
}

export const RenewCiSecret = ({
  source,
  close,
  made,
}: {
  readonly source: CiSource
  readonly close: () => void
  readonly made: (what: MadeCiSource) => void
}) => {
  const { sources: words } = useTexts().deployments
  const renewing = useRenewCiSecret()
  const [secret, setSecret] = useState('')
  return (
    <FormDialog
      isOpen
      isDanger
      close={close}
      title={words.renewTitle(source.name)}
      send={() => renewing.mutate({ id: source.id, secret: secret.trim() }, { onSuccess: made })}
      sendLabel={words.renew}
      isSending={renewing.isPending}
      error={renewing.error}
    >
      <p className="plain">{words.renewAbout}</p>
      {source.kind === 'gitlab' ? <OwnSecret value={secret} set={setSecret} /> : null}
    </FormDialog>
  )
}

/** Shown once: a slip beside it must not lose it. */
export const ShownCiSecret = ({
  made,
  close,
}: {
  readonly made: MadeCiSource
  readonly close: () => void
}) => {
  const { sources: words } = useTexts().deployments
  return (
    <Modal
      opened
      onClose={close}
      title={made.source.name}
      size="md"
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="sm">
        <p className="plain">{words.madeAbout}</p>
        <Address source={made.source} />
        <div>
          <p className="plain">{words.made}</p>
          <CopyText text={made.secret} label={words.made} />
        </div>
        <Group justify="flex-end">
          <Button onClick={close}>{words.done}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
