import { useState } from 'react'
import { type UnfiledWish, useUnfiled } from '../api/enhancements.ts'
import { useMay, useSelf } from '../api/session.ts'
import { FileWishDialog } from '../forms/file-wish.tsx'
import { EnhancementFrame } from '../parts/enhancement-frame.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** Tickets that wish for something nobody has filed yet: the intake, apart from defects. */
export const UnfiledWishes = () => {
  const texts = useTexts()
  const { unfiled } = texts.enhancements
  const self = useSelf()
  const go = useGo()
  const mayRead = useMay('enhancements.read')
  const reason = useMay('enhancements.write') ? null : roleReason(self, texts)
  const source = useUnfiled(mayRead)
  const [filed, setFiled] = useState<UnfiledWish | null>(null)
  return (
    <EnhancementFrame about={unfiled.about} mayRead={mayRead}>
      <List
        source={source}
        row={(wish) => (
          <Row
            opens
            row={{
              name: `${wish.key} ${wish.title}`,
              face: <Icon name="ticket" />,
              about: [wish.customer?.name, wish.product?.name].filter(Boolean).join(' · '),
              facts: <Time at={wish.createdAt} />,
              actions: [
                { label: unfiled.file, reason, run: () => setFiled(wish) },
                { label: texts.enhancements.open, reason: null, run: () => go(paths.ticket(wish.key)) },
              ],
            }}
          />
        )}
        open={(wish) => (reason === null ? setFiled(wish) : go(paths.ticket(wish.key)))}
        empty={
          <Empty icon="bulb" title={unfiled.empty}>
            {unfiled.emptyAbout}
          </Empty>
        }
      />
      {filed === null ? null : (
        <FileWishDialog
          ticket={filed.key}
          title={filed.title}
          product={filed.product?.id ?? null}
          close={() => setFiled(null)}
        />
      )}
    </EnhancementFrame>
  )
}
