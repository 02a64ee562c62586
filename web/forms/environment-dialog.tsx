import { Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Environment, useDeploy, useKeepEnvironment } from '../api/environments.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'
import { PickRelease } from './pick-release.tsx'
import { useSaved } from './use-saved.ts'

/** A place where builds run. Its key and product stay. */
export const EnvironmentDialog = ({
  environment,
  close,
}: {
  readonly environment: Environment | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { environments, manage } = texts
  const keep = useKeepEnvironment()
  const saved = useSaved(close)
  const [key, setKey] = useState('')
  const [product, setProduct] = useState<string | null>(null)
  const [name, setName] = useState(environment?.name ?? '')
  const [purpose, setPurpose] = useState(environment?.purpose ?? '')
  const [isShareable, setShareable] = useState(environment?.isShareable ?? false)
  const set = { name: name.trim(), purpose: purpose.trim(), isShareable }
  const send = (): void => {
    if (environment !== null) keep.mutate({ id: environment.id, set }, saved)
    else if (product !== null) keep.mutate({ make: { ...set, key: key.trim(), product } }, saved)
  }
  const isNamed = set.name !== '' && set.purpose !== ''
  return (
    <FormDialog
      isOpen
      close={close}
      title={environment === null ? environments.add : environments.edit(environment.name)}
      send={send}
      sendLabel={environment === null ? environments.add : manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={isNamed && (environment !== null || (product !== null && key.trim() !== ''))}
    >
      <TextInput
        label={manage.name}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {environment === null ? (
        <>
          <TextInput
            label={manage.key}
            description={manage.keyAbout}
            required
            maxLength={100}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <PickRecord noun="products" label={texts.fields.product} value={product} choose={setProduct} />
        </>
      ) : null}
      <TextInput
        label={environments.purpose}
        required
        maxLength={500}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <Switch
        label={environments.isShareable}
        description={environments.isShareableAbout}
        checked={isShareable}
        onChange={(event) => setShareable(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}

/** What runs there from now on, where no pipeline says it. */
export const DeployDialog = ({
  environment,
  close,
}: {
  readonly environment: Environment
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { environments } = texts
  const deploy = useDeploy()
  const [release, setRelease] = useState<string | null>(environment.release?.id ?? null)
  return (
    <FormDialog
      isOpen
      close={close}
      title={environments.deployTitle(environment.name)}
      send={() =>
        deploy.mutate(
          { id: environment.id, release },
          {
            onSuccess: () => {
              close()
              tell({ text: environments.deployed, tone: 'good' })
            },
          },
        )
      }
      sendLabel={texts.manage.save}
      isSending={deploy.isPending}
      error={deploy.error}
    >
      <p className="quiet plain">{environments.deployAbout}</p>
      <PickRelease
        label={texts.fields.release}
        product={environment.product.id}
        value={release}
        choose={setRelease}
      />
    </FormDialog>
  )
}
