import { useState } from 'react'
import type { Organised } from '../api/organisation.ts'
import { useMay, useSelf } from '../api/session.ts'
import { ComponentsDialog } from '../forms/components-dialog.tsx'
import { ProductDialog } from '../forms/product-dialog.tsx'
import { RequestFormDialog } from '../forms/request-form-dialog.tsx'
import { Icon } from '../parts/icons.tsx'
import { ManagedList } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { useArchiving } from '../parts/use-archiving.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Products = () => {
  const texts = useTexts()
  const archiving = useArchiving('products')
  const [components, setComponents] = useState<string | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const self = useSelf()
  // support knows what it has to ask back, and so writes the questions too
  const whyNotAsk = useMay('organisation.write') ? null : roleReason(self, texts)
  return (
    <ManagedList
      noun="products"
      icon="box"
      words={{ ...texts.products, title: texts.products.group }}
      address={paths.products}
      rules={{ read: 'organisation.read', write: 'teams.write' }}
      row={(product, edit, whyNot) => ({
        name: product.name,
        face: <Icon name="box" />,
        about: [product.key, product.team?.name].filter(Boolean).join(' · '),
        facts: (
          <>
            {partNames(product) || texts.products.noComponents}
            {/* in its row, so that it shows the product as the list has it now */}
            {components === product.id ? (
              <ComponentsDialog product={product} close={() => setComponents(null)} />
            ) : null}
            {asked === product.id ? (
              <RequestFormDialog product={product} close={() => setAsked(null)} />
            ) : null}
          </>
        ),
        actions: [
          { label: texts.manage.change, reason: whyNot, run: edit },
          { label: texts.products.components, reason: whyNot, run: () => setComponents(product.id) },
          { label: texts.requestForm.action, reason: whyNotAsk, run: () => setAsked(product.id) },
          archiving(product, whyNot),
        ],
      })}
      dialog={(product, close) => <ProductDialog product={product} close={close} />}
    />
  )
}

const partNames = ({ components }: Organised<'products'>): string =>
  components
    .filter(({ archived }) => !archived)
    .map(({ name }) => name)
    .join(', ')
