import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Partner,
  type Policy,
  partnerQuery,
  policyChoicesQuery,
  useChangePartner,
  useEndPartner,
  useNewPartnerToken,
  useShareRecord,
} from '../api/partners.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { PartnerPolicy } from '../forms/partner-policy.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { useParam } from '../parts/go.tsx'
import styles from '../parts/partner.module.css'
import { PartnerPreview } from '../parts/partner-preview.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, FormProblem, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { TheirToken } from './partners.tsx'

/** One partner: what they see and may do, with exactly that beside it; their token; the end. */
export const OnePartner = () => {
  const id = useParam('id')
  const mayRead = useMay('partners.read')
  const found = useQuery({ ...partnerQuery(id), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (found.isPending) return <Loading />
  if (found.data === undefined)
    return <Failed isScreen error={found.error} retry={() => void found.refetch()} />
  return <Shown key={`${found.data.id} ${found.data.version}`} partner={found.data} />
}

const Shown = ({ partner }: { readonly partner: Partner }) => {
  const texts = useTexts()
  const { partners: words } = texts
  const [policy, setPolicy] = useState<Policy>(partner.policy)
  const hasEnded = partner.endedAt !== null
  return (
    <>
      <ScreenHead title={partner.name} about={words.records[partner.policy.record]}>
        {hasEnded ? (
          <Badge tone="plain">{words.ended[partner.endedBy ?? 'us']}</Badge>
        ) : (
          <Badge tone={partner.hook === null ? 'plain' : 'good'}>
            {partner.hook === null ? words.notRinging : words.ringing}
          </Badge>
        )}
      </ScreenHead>
      <WaitTabs />
      <Cards isWide>
        {hasEnded ? <p className="plain">{words.endedOn}</p> : null}
        {partner.hook?.problem == null ? null : (
          <p className="plain" role="note">
            {words.ringProblem} <span className="quiet">{partner.hook.problem}</span>
          </p>
        )}
        <div className={styles.two}>
          <Decided partner={partner} policy={policy} change={setPolicy} />
          <PartnerPreview partner={partner} policy={policy} />
        </div>
        {hasEnded ? null : <OneMore partner={partner} />}
        {hasEnded ? null : <WayIn partner={partner} />}
      </Cards>
    </>
  )
}

const Decided = ({
  partner,
  policy,
  change,
}: {
  readonly partner: Partner
  readonly policy: Policy
  readonly change: (policy: Policy) => void
}) => {
  const texts = useTexts()
  const { partners: words } = texts
  const self = useSelf()
  const choices = useQuery(policyChoicesQuery)
  const saving = useChangePartner(partner.id)
  const isChanged = JSON.stringify(policy) !== JSON.stringify(partner.policy)
  const whyNot = mayDo(self, 'partners.write') ? null : roleReason(self, texts)
  const isClosed = whyNot !== null || partner.endedAt !== null
  const save = (): void =>
    saving.mutate(
      { name: partner.name, policy, version: partner.version },
      { onSuccess: () => tell({ text: words.saved, tone: 'good' }) },
    )
  return (
    <Card title={words.policy} about={words.policyAbout}>
      {choices.data === undefined ? (
        <Loading />
      ) : (
        <PartnerPolicy
          policy={policy}
          choices={policy.record === 'ticket' ? choices.data.ticket : choices.data.workItem}
          change={change}
          isDisabled={isClosed}
        />
      )}
      <FormProblem error={saving.error} />
      {partner.endedAt === null ? (
        <Group gap="xs">
          <ActionButton
            variant="filled"
            label={words.save}
            loading={saving.isPending}
            reason={whyNot ?? (isChanged ? null : words.unchanged)}
            run={save}
          />
          {isChanged ? (
            <Button variant="default" onClick={() => change(partner.policy)}>
              {words.discard}
            </Button>
          ) : null}
        </Group>
      ) : null}
    </Card>
  )
}

const OneMore = ({ partner }: { readonly partner: Partner }) => {
  const texts = useTexts()
  const { partners: words } = texts
  const self = useSelf()
  const [ref, setRef] = useState('')
  const sharing = useShareRecord(partner.id)
  const key = ref.trim()
  const reason = mayDo(self, 'partners.share') ? null : roleReason(self, texts)
  const run = (isShared: boolean): void =>
    sharing.mutate(
      { ref: key, isShared },
      {
        onSuccess: () => {
          tell({ text: isShared ? words.shared(key) : words.unshared(key), tone: 'good' })
          setRef('')
        },
      },
    )
  return (
    <Card title={words.share} about={words.shareAbout}>
      <Stack gap="sm">
        <TextInput
          label={words.previewOf}
          maxLength={100}
          value={ref}
          onChange={(event) => setRef(event.currentTarget.value)}
        />
        <FormProblem error={sharing.error} />
        <Group gap="xs">
          {([true, false] as const).map((isShared) => (
            <ActionButton
              key={String(isShared)}
              label={isShared ? words.shareOne : words.unshareOne}
              loading={sharing.isPending}
              reason={reason ?? (key === '' ? words.previewOf : null)}
              run={() => run(isShared)}
            />
          ))}
        </Group>
      </Stack>
    </Card>
  )
}

const WayIn = ({ partner }: { readonly partner: Partner }) => {
  const texts = useTexts()
  const { partners: words } = texts
  const self = useSelf()
  const renewing = useNewPartnerToken(partner.id)
  const ending = useEndPartner(partner.id)
  const [asked, setAsked] = useState<'token' | 'end' | null>(null)
  const reason = mayDo(self, 'partners.write') ? null : roleReason(self, texts)
  const close = (): void => setAsked(null)
  return (
    <Card title={words.access}>
      <Group gap="xs">
        <ActionButton label={words.renew} reason={reason} run={() => setAsked('token')} />
        <ActionButton label={words.end} reason={reason} run={() => setAsked('end')} />
      </Group>
      {asked === 'token' && renewing.data === undefined ? (
        <FormDialog
          isOpen
          close={close}
          title={words.renew}
          send={() => renewing.mutate(undefined)}
          sendLabel={words.renew}
          isSending={renewing.isPending}
          error={renewing.error}
          isDanger
        >
          <p className="plain">{words.renewAbout(partner.name)}</p>
        </FormDialog>
      ) : null}
      {renewing.data === undefined ? null : (
        <TheirToken
          token={renewing.data.token}
          close={() => {
            renewing.reset()
            close()
          }}
        />
      )}
      {asked === 'end' ? (
        <FormDialog
          isOpen
          close={close}
          title={words.end}
          send={() =>
            ending.mutate(undefined, {
              onSuccess: () => {
                close()
                tell({ text: words.endDone, tone: 'good' })
              },
            })
          }
          sendLabel={words.end}
          isSending={ending.isPending}
          error={ending.error}
          isDanger
        >
          <p className="plain">{words.endAbout(partner.name)}</p>
        </FormDialog>
      ) : null}
    </Card>
  )
}
