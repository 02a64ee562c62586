import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { type Component, type Organised, useKeep } from '../api/organisation.ts'
import styles from '../parts/managed-list.module.css'
import { FormProblem } from '../parts/states.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ComponentDialog } from './component-dialog.tsx'

/** The parts of a product, each with the team that looks after it. */
export const ComponentsDialog = ({
  product,
  close,
}: {
  readonly product: Organised<'products'>
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeep('components')
  const [open, setOpen] = useState<Component | 'new' | null>(null)
  if (open !== null)
    return (
      <ComponentDialog
        product={product}
        component={open === 'new' ? null : open}
        close={() => setOpen(null)}
      />
    )
  return (
    <Modal opened onClose={close} title={texts.products.ofProduct(product.name)} size="md">
      <Stack gap="sm">
        {product.components.length === 0 ? (
          <p className="plain quiet">{texts.products.noComponents}</p>
        ) : (
          <ul className={styles.parts}>
            {product.components.map((component) => (
              <li key={component.id} data-archived={component.archived}>
                <span className={styles.who}>
                  {component.name}
                  <small>
                    {component.key} · {component.team.name}
                    {component.archived ? ` · ${texts.manage.archivedOnes.true}` : ''}
                  </small>
                </span>
                <Group gap={4} wrap="nowrap">
                  <Button variant="subtle" onClick={() => setOpen(component)}>
                    {texts.manage.change}
                  </Button>
                  <Button
                    variant="subtle"
                    color="gray"
                    disabled={keep.isPending}
                    onClick={() => keep.mutate({ id: component.id, set: { archived: !component.archived } })}
                  >
                    {component.archived ? texts.manage.bringBack : texts.manage.archive}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        )}
        <FormProblem error={keep.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {texts.forms.close}
          </Button>
          <Button onClick={() => setOpen('new')}>{texts.products.addComponent}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
