import { Button } from '@mantine/core'
import { useState } from 'react'
import { ENHANCEMENT_ORDERS, ENHANCEMENT_STANDINGS } from '../../src/domain/enhancement.ts'
import { type Enhancement, useEnhancements } from '../api/enhancements.ts'
import { useMay, useSelf } from '../api/session.ts'
import { NewWishDialog } from '../forms/file-wish.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { EnhancementFrame } from '../parts/enhancement-frame.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { numberFormat } from '../parts/formatters.ts'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters } from '../parts/screen.tsx'
import { Empty } from '../parts/states.tsx'
import { WISH_TONES } from '../parts/tones.ts'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { useLocale } from '../texts/texts.tsx'

const KNOWN = {
  text: 'any',
  product: 'any',
  standing: ENHANCEMENT_STANDINGS,
  order: ENHANCEMENT_ORDERS,
} as const

/** What customers wish for, by who wants it. */
export const Enhancements = () => {
  const texts = useTexts()
  const { enhancements } = texts
  const self = useSelf()
  const go = useGo()
  const mayRead = useMay('enhancements.read')
  const reason = useMay('enhancements.write') ? null : roleReason(self, texts)
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.enhancements)
  const source = useEnhancements(filters, mayRead)
  const [isAdding, setAdding] = useState(false)
  useKeys(enhancements.title, [{ keys: 'a', label: enhancements.add, run: () => setAdding(true), reason }])
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={enhancements.add}
      reason={reason}
      run={() => setAdding(true)}
    />
  )
  return (
    <EnhancementFrame about={enhancements.about} mayRead={mayRead} action={add}>
      <Filters label={texts.filters.title}>
        <TextFilter label={texts.manage.search} value={filters.text} set={(text) => set('text', text)} />
        <PickRecord
          noun="products"
          label={texts.fields.product}
          isLabelHidden
          value={filters.product ?? null}
          choose={(product) => set('product', product)}
        />
        <WordFilter
          label={enhancements.standing}
          words={enhancements.standings}
          value={filters.standing}
          set={(standing) => set('standing', standing)}
        />
        <WordFilter
          label={enhancements.order}
          words={enhancements.orders}
          value={filters.order}
          set={(order) => set('order', order)}
        />
      </Filters>
      <List
        source={source}
        row={(one) => <OneWish one={one} open={() => go(paths.enhancement(one.key))} />}
        open={({ key }) => go(paths.enhancement(key))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={enhancements.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {enhancements.about}
            </Empty>
          ) : (
            <Empty icon="bulb" title={enhancements.empty} actions={add}>
              {enhancements.emptyAbout}
            </Empty>
          )
        }
      />
      {isAdding ? <NewWishDialog close={() => setAdding(false)} /> : null}
    </EnhancementFrame>
  )
}

const OneWish = ({ one, open }: { readonly one: Enhancement; readonly open: () => void }) => {
  const texts = useTexts()
  const { enhancements } = texts
  const { key, title, product, standing, demand } = one
  const [, , , important = 0] = demand.importance
  const number = numberFormat(useLocale(), {})
  return (
    <Row
      opens
      row={{
        name: `${key} ${title}`,
        face: <Icon name="bulb" />,
        about: [
          product.name,
          enhancements.wanted(demand.customers, demand.tickets),
          ...(demand.revenue === null ? [] : [`${enhancements.revenue}: ${number.format(demand.revenue)}`]),
          ...(important === 0 ? [] : [`${enhancements.orders.important}: ${important}`]),
        ].join(' · '),
        facts: <Badge tone={WISH_TONES[standing]}>{enhancements.standings[standing]}</Badge>,
        actions: [{ label: texts.enhancements.open, reason: null, run: open }],
      }}
    />
  )
}
