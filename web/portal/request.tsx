import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { canTicket } from '../../src/domain/ticket.ts'
import { type OneRequest, requestQuery, useRequestStep } from '../api/portal.ts'
import { useSelf } from '../api/session.ts'
import { Badge } from '../parts/badge.tsx'
import { Go, useParam } from '../parts/go.tsx'
import { Block, Callout, FactList, recordStyles } from '../parts/record.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, FormProblem, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import { Conversation } from './conversation.tsx'
import styles from './portal.module.css'
import { usePromiseWords } from './promise-words.ts'
import { ReplyBox } from './reply-box.tsx'
import { standingTone, standingWords } from './request-words.ts'
import { WordsShown } from './words-shown.tsx'

/** One request as its customer sees it: where it stands, what we promise, what was said. */
export const Request = () => {
  const ref = useParam('ref')
  const request = useQuery(requestQuery(ref))
  if (request.isPending) return <Loading />
  if (request.data === undefined)
    return <Failed isScreen error={request.error} retry={() => void request.refetch()} />
  return <Shown key={ref} refOfRequest={ref} request={request.data} />
}

const Shown = ({
  refOfRequest,
  request,
}: {
  readonly refOfRequest: string
  readonly request: OneRequest
}) => {
  const texts = useTexts()
  const { portal } = texts
  const self = useSelf()
  useTabTitle(`${request.key} ${request.title}`)
  const field = useRef<HTMLTextAreaElement>(null)
  const canReply = canTicket(request.state, 'reply')
  useKeys(request.key, [
    {
      keys: 'r',
      label: portal.reply,
      run: () => {
        field.current?.focus()
        field.current?.scrollIntoView({ block: 'center' })
      },
      reason: canReply ? null : texts.reasons.state(portal.states[request.state]),
    },
  ])
  const isTheirOwn = request.contact === null || request.contact.id === self.contactId
  return (
    <article className={styles.page}>
      <div className={recordStyles.crumbs}>
        <Go to={paths.requests()}>{portal.back}</Go>
        <span>/</span>
        <span>{request.key}</span>
      </div>
      <h1>{request.title}</h1>
      <Standing refOfRequest={refOfRequest} request={request} />
      <Told told={request.told} />
      {request.mayTry ? <TryIt refOfRequest={refOfRequest} /> : null}
      <Block title={isTheirOwn ? portal.youWrote : portal.wrote(request.contact?.name ?? '')}>
        {request.description.trim() === '' ? (
          <p className="quiet">{texts.portal.noDescription}</p>
        ) : (
          <WordsShown text={request.description} />
        )}
        <Asked request={request} />
        <p className="quiet">
          <Time at={request.createdAt} />
        </p>
      </Block>
      {canReply ? <ReplyBox refOfRequest={refOfRequest} field={field} /> : null}
      <Conversation refOfRequest={refOfRequest} />
    </article>
  )
}

/** What they said besides their own words, as it was asked. */
const Asked = ({ request }: { readonly request: OneRequest }) => {
  const { fields } = useTexts()
  const known = [
    [fields.product, request.product?.name ?? null],
    [fields.version, request.version],
    [fields.environment, request.environment],
    ...request.answers.map(({ label, value }) => [label, value] as const),
  ] as const
  const facts = known.filter(([, value]) => value !== null)
  return facts.length > 0 ? (
    <div className={`${recordStyles.facts} ${styles.asked}`}>
      <FactList facts={facts} />
    </div>
  ) : null
}

const Standing = ({
  refOfRequest,
  request,
}: {
  readonly refOfRequest: string
  readonly request: OneRequest
}) => {
  const texts = useTexts()
  const { portal } = texts
  const promised = usePromiseWords()
  const step = useRequestStep(refOfRequest)
  const { promise, continuedIn, handler, state } = request
  const fix = portal.fix[request.progress] ?? null
  return (
    <section className={styles.standing} aria-label={portal.state}>
      <Badge tone={standingTone(request)}>{portal.states[state]}</Badge>
      <p className={styles.says}>{standingWords(request, texts)}</p>
      {fix === null ? null : <p>{fix}</p>}
      {promise === null ? null : <p className={styles.promise}>{promised(promise)}</p>}
      {handler === null ? null : <p className="quiet">{portal.handledBy(handler)}</p>}
      {continuedIn === null ? null : <Go to={paths.request(continuedIn)}>{continuedIn}</Go>}
      <FormProblem error={step.error} />
      {canTicket(state, 'reopen') ? (
        <Group>
          <Button variant="default" loading={step.isPending} onClick={() => step.mutate({ step: 'reopen' })}>
            {portal.notSolved}
          </Button>
        </Group>
      ) : null}
    </section>
  )
}

/** What we can tell already: words of engineering that are fit for customers. */
const Told = ({ told }: { readonly told: OneRequest['told'] }) => {
  const { fields, portal } = useTexts()
  const said = [
    [fields.workaround, told.workaround],
    [fields.behaviourNote, told.behaviour],
    [fields.declineReason, told.decline],
    [
      portal.wish,
      told.wish === null
        ? null
        : [portal.wishes[told.wish.standing], told.wish.words].filter(Boolean).join('. '),
    ],
  ].filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '')
  return said.length === 0 ? null : (
    <Callout tone="info" title={portal.weSay}>
      {said.map(([label, text]) => (
        <p key={label}>
          <span className="quiet">{label}: </span>
          {text}
        </p>
      ))}
    </Callout>
  )
}

/** The fix is out: does it work for them? */
const TryIt = ({ refOfRequest }: { readonly refOfRequest: string }) => {
  const texts = useTexts()
  const { portal } = texts
  const step = useRequestStep(refOfRequest)
  const say = (works: boolean): void => step.mutate({ step: 'verify', body: { works } })
  return (
    <Callout tone="good" title={texts.portal.fixThere}>
      <p>{portal.fixedAbout}</p>
      <FormProblem error={step.error} />
      <Group gap="xs">
        <Button loading={step.isPending} onClick={() => say(true)}>
          {portal.works}
        </Button>
        <Button variant="default" loading={step.isPending} onClick={() => say(false)}>
          {portal.stillBroken}
        </Button>
      </Group>
    </Callout>
  )
}
