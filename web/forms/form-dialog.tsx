import { Button, Group, Modal, Stack } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { FormProblem } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.tsx'

/** A question with an answer: title, fields, what went wrong, two buttons. */
export const FormDialog = ({
  isOpen,
  close,
  title,
  children,
  send,
  sendLabel,
  isSending,
  error,
  isReady = true,
  isDanger = false,
  size = 'md',
}: {
  readonly isOpen: boolean
  readonly close: () => void
  readonly title: string
  readonly children: ReactNode
  readonly send: () => void
  readonly sendLabel: string
  readonly isSending: boolean
  readonly error: unknown
  readonly isReady?: boolean
  readonly isDanger?: boolean
  readonly size?: string
}) => {
  const texts = useTexts()
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !isSending) send()
  }
  return (
    <Modal opened={isOpen} onClose={close} title={title} size={size}>
      <form onSubmit={submitted}>
        <Stack gap="sm">
          {children}
          <FormProblem error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {texts.forms.cancel}
            </Button>
            <Button
              type="submit"
              loading={isSending}
              disabled={!isReady}
              color={isDanger ? 'red' : undefined}
            >
              {sendLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
