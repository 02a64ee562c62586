import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Start as Standing, startQuery, useAddSample } from '../api/administration.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { CustomerDialog } from '../forms/customer-dialog.tsx'
import { InviteDialog, type Invited } from '../forms/invite-dialog.tsx'
import { PersonDialog } from '../forms/person-dialog.tsx'
import { ProductDialog } from '../forms/product-dialog.tsx'
import { TeamDialog } from '../forms/team-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { Go, useGo, useQueryOfAddress } from '../parts/go.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, FormProblem, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What to begin with: tools, nothing, or samples. It can be come back to while nothing is here. */
export const Start = () => {
  const texts = useTexts()
  const { start } = texts
  const mayRead = mayDo(useSelf(), 'organisation.read')
  const standing = useQuery({ ...startQuery, enabled: mayRead })
  const isStepByStep = useQueryOfAddress()['way'] === 'empty'
  const head = <ScreenHead title={start.title} about={start.about} />
  if (!mayRead)
    return (
      <>
        {head}
        <NoRights />
      </>
    )
  if (standing.isPending) return <Loading />
  if (standing.isError)
    return <Failed isScreen error={standing.error} retry={() => void standing.refetch()} />
  if (!standing.data.isEmpty && !isStepByStep)
    return (
      <Empty isScreen title={start.begun} actions={<Go to={paths.myMove()}>{start.goOn}</Go>}>
        {start.begunAbout}
      </Empty>
    )
  return (
    <>
      {head}
      <Cards>{isStepByStep ? <Steps has={standing.data.has} /> : <Ways standing={standing.data} />}</Cards>
    </>
  )
}

const Ways = ({ standing }: { readonly standing: Standing }) => {
  const texts = useTexts()
  const { start } = texts
  const self = useSelf()
  const go = useGo()
  const adding = useAddSample()
  const unless = (isAllowed: boolean): string | null => (isAllowed ? null : roleReason(self, texts))
  const isOn = standing.sample !== null
  // what is here changes this screen, before anybody could call back
  const addSample = (): void => {
    void adding.mutateAsync(undefined).then(
      () => {
        tell({ text: start.sample.added, tone: 'good' })
        go(paths.myMove())
      },
      () => undefined,
    )
  }
  return (
    <>
      <Card title={start.tools.title} about={start.tools.about}>
        <ActionButton
          label={start.tools.action}
          reason={unless(mayDo(self, 'connections.write'))}
          run={() => go(paths.connections())}
        />
      </Card>
      <Card title={start.empty.title} about={start.empty.about}>
        <ActionButton
          label={start.empty.action}
          reason={unless(mayDo(self, 'teams.write'))}
          run={() => go(paths.start({ way: 'empty' }))}
        />
      </Card>
      <Card title={start.sample.title} about={start.sample.about}>
        <FormProblem error={adding.error} />
        <ActionButton
          variant="filled"
          label={start.sample.action}
          loading={adding.isPending}
          reason={isOn ? start.sample.added : unless(mayDo(self, 'settings.write'))}
          run={addSample}
        />
      </Card>
    </>
  )
}

type Step = 'team' | 'product' | 'people' | 'customer'

/** Each opens the form it is about; what is there already is marked. */
const Steps = ({ has }: { readonly has: Standing['has'] }) => {
  const texts = useTexts()
  const { start } = texts
  const self = useSelf()
  const [open, setOpen] = useState<Step | null>(null)
  const [invited, setInvited] = useState<Invited | null>(null)
  const close = (): void => setOpen(null)
  const unless = (rule: Parameters<typeof mayDo>[1]): string | null =>
    mayDo(self, rule) ? null : roleReason(self, texts)
  const steps = [
    { step: 'team', isDone: has.teams > 0, reason: unless('teams.write') },
    {
      step: 'product',
      isDone: has.products > 0,
      reason: unless('teams.write') ?? (has.teams > 0 ? null : start.needsTeam),
    },
    // whoever set Causeway up is one already
    { step: 'people', isDone: has.people > 1, reason: unless('people.write') },
    { step: 'customer', isDone: has.customers > 0, reason: unless('organisation.write') },
  ] as const
  return (
    <>
      {steps.map(({ step, isDone, reason }, at) => (
        <Card
          key={step}
          title={`${at + 1}. ${start.step[step].title}`}
          about={start.step[step].about}
          mark={isDone ? <Badge tone="good">{start.done}</Badge> : null}
        >
          <ActionButton
            variant={isDone ? 'default' : 'filled'}
            label={start.step[step].action}
            reason={reason}
            run={() => setOpen(step)}
          />
        </Card>
      ))}
      <p className="plain">
        <Go to={paths.myMove()}>{start.goOn}</Go>
      </p>
      {open === 'team' ? <TeamDialog team={null} close={close} /> : null}
      {open === 'product' ? <ProductDialog product={null} close={close} /> : null}
      {open === 'customer' ? <CustomerDialog customer={null} close={close} /> : null}
      {open === 'people' ? <PersonDialog person={null} close={close} invite={setInvited} /> : null}
      {invited === null ? null : <InviteDialog invited={invited} close={() => setInvited(null)} />}
    </>
  )
}
