import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { startQuery } from '../api/administration.ts'
import { mayDo, type Self } from '../api/session.ts'
import { RemoveSampleDialog } from '../forms/remove-sample-dialog.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Go, usePath } from './go.tsx'
import styles from './hub-notice.module.css'
import { Icon } from './icons.tsx'
import { roleReason } from './roles.ts'

/** Above every screen, while it is so: these are samples; nothing is here yet. */
export const HubNotice = ({ self }: { readonly self: Self }) => {
  const texts = useTexts()
  const path = usePath()
  const [isAsking, setAsking] = useState(false)
  const standing = useQuery({ ...startQuery, enabled: mayDo(self, 'organisation.read') }).data
  const mayBegin = mayDo(self, 'settings.write')
  if (standing === undefined) return null
  if (standing.sample !== null)
    return (
      <aside className={styles.notice} aria-label={texts.sample.banner}>
        <Icon name="box" />
        <span>{texts.sample.banner}</span>
        <ActionButton
          size="xs"
          label={texts.sample.remove}
          reason={mayBegin ? null : roleReason(self, texts)}
          run={() => setAsking(true)}
        />
        {isAsking ? <RemoveSampleDialog close={() => setAsking(false)} /> : null}
      </aside>
    )
  if (!standing.isEmpty || !mayBegin || path === paths.start()) return null
  return (
    <aside className={styles.notice} aria-label={texts.start.title}>
      <Icon name="arrow" />
      <span>{texts.start.about}</span>
      <Go to={paths.start()}>{texts.start.title}</Go>
    </aside>
  )
}
