import { useQuery } from '@tanstack/react-query'
import { type Forecast, forecastQuery } from '../api/forecast.ts'
import { type Release, useReleaseStep } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import styles from './go-live.module.css'
import { Block, Pairs } from './record.tsx'
import { roleReason } from './roles.ts'
import { Failed, Loading } from './states.tsx'
import { tell } from './tell.tsx'
import { useDays } from './time.tsx'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** When it may come out by what was really finished, beside what people say; one press makes it the estimate. Nothing once it is out. */
export const ReleaseForecast = ({ release }: { readonly release: Release }) => {
  const { release: words } = useTexts()
  const isOver = release.state === 'released' || release.state === 'withdrawn'
  const forecast = useQuery({ ...forecastQuery(release.id), enabled: !isOver })
  if (isOver) return null
  return (
    <Block title={words.forecast.title}>
      {forecast.isPending ? <Loading /> : null}
      {forecast.isError && forecast.data === undefined ? (
        <Failed error={forecast.error} retry={() => void forecast.refetch()} />
      ) : null}
      {forecast.data === undefined ? null : <Measured release={release} forecast={forecast.data} />}
    </Block>
  )
}

const Measured = ({ release, forecast }: { readonly release: Release; readonly forecast: Forecast }) => {
  const { forecast: words } = useTexts().release
  const days = useDays()
  const { kind, from, to, confidence, left, finished, cycle, promises } = forecast
  const range = days(from, to)
  return (
    <>
      {kind === 'forecast' && range !== null && confidence !== null ? (
        <>
          <p className="plain">
            <strong>{words.days(range, confidence)}</strong>
          </p>
          <p className="quiet plain">{words.about(left, finished.length)}</p>
          <TakeOver release={release} estimate={{ from, to, confidence }} />
        </>
      ) : (
        <p className="quiet">{kind === 'forecast' ? null : words[kind]}</p>
      )}
      <Pairs
        pairs={[
          [words.pace, finished.length === 0 ? words.none : finished.join(' · ')],
          [words.cycle, cycle === null ? words.none : words.cycleDays(cycle.median, cycle.p85)],
          [
            words.promises,
            promises.medianSlipDays === null
              ? words.noPromises
              : `${words.held(promises.held, promises.releases)}, ${words.slip(promises.medianSlipDays)}`,
          ],
        ]}
      />
    </>
  )
}

const TakeOver = ({
  release,
  estimate,
}: {
  readonly release: Release
  readonly estimate: Release['estimate']
}) => {
  const texts = useTexts()
  const { forecast: words } = texts.release
  const self = useSelf()
  const step = useReleaseStep()
  const tellProblem = useTellProblem()
  const reason = useMay('releases.write') ? null : roleReason(self, texts)
  const before = release.estimate
  const said = (body: Release['estimate'], back: Release['estimate'] | null): void =>
    step.mutate(
      { step: 'estimate', id: release.id, body },
      {
        onSuccess: () =>
          tell({
            text: words.taken,
            tone: 'good',
            ...(back === null ? {} : { undo: { label: texts.forms.undo, run: () => said(back, null) } }),
          }),
        onError: tellProblem,
      },
    )
  const run = (): void => said(estimate, before)
  useKeys(words.title, [{ keys: 't', label: words.take, run, reason }])
  return (
    <div className={styles.add}>
      <ActionButton label={words.take} keys="t" reason={reason} loading={step.isPending} run={run} />
    </div>
  )
}
