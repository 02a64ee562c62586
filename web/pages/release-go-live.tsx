import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { goLiveQuery } from '../api/go-live.ts'
import type { Release } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { RulesDialog } from '../forms/go-live-dialogs.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { CareRota } from '../parts/care-rota.tsx'
import { GoDecisions } from '../parts/go-decisions.tsx'
import styles from '../parts/go-live.module.css'
import { HyperCare } from '../parts/hyper-care.tsx'
import { MeasuredCriteria } from '../parts/measured-criteria.tsx'
import { Block } from '../parts/record.tsx'
import { ReleaseFrame } from '../parts/release-frame.tsx'
import { roleReason } from '../parts/roles.ts'
import { SignOffs } from '../parts/sign-offs.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** Whether a release can go live, who says so, and who is there afterwards. */
export const ReleaseGoLive = () => {
  const mayRead = useMay('go-live.read')
  return <ReleaseFrame>{(release) => (mayRead ? <Whole release={release} /> : <NoRights />)}</ReleaseFrame>
}

const Whole = ({ release }: { readonly release: Release }) => {
  const texts = useTexts()
  const { goLive: words } = texts
  const self = useSelf()
  const reason = useMay('go-live.rules') ? null : roleReason(self, texts)
  const goLive = useQuery(goLiveQuery(release.id))
  const [isOpen, setOpen] = useState(false)
  if (goLive.isPending) return <Loading />
  if (goLive.data === undefined) return <Failed error={goLive.error} retry={() => void goLive.refetch()} />
  return (
    <>
      <HyperCare release={release} />
      <Block title={words.criteria}>
        {goLive.data.criteria.length === 0 ? <p className="quiet">{words.noCriteria}</p> : null}
        <MeasuredCriteria release={release.id} criteria={goLive.data.criteria} />
        <div className={styles.add}>
          <ActionButton label={words.rules(release.product.name)} reason={reason} run={() => setOpen(true)} />
        </div>
      </Block>
      <SignOffs release={release} goLive={goLive.data} />
      <GoDecisions release={release} goLive={goLive.data} />
      <CareRota release={release} goLive={goLive.data} />
      {isOpen ? <RulesDialog release={release} goLive={goLive.data} close={() => setOpen(false)} /> : null}
    </>
  )
}
