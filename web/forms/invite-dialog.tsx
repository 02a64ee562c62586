import { Button, Group, Modal, Stack } from '@mantine/core'
import type { Role } from '../../src/domain/words.ts'
import { useNewToken } from '../api/tokens.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { FormProblem } from '../parts/states.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export type Invited = {
  readonly name: string
  readonly roles: readonly Role[]
} & ({ readonly personId: string } | { readonly contactId: string })

/** An address with which somebody chooses their password, made when one says so and shown once. */
export const InviteDialog = ({
  invited,
  close,
}: {
  readonly invited: Invited
  readonly close: () => void
}) => {
  const { invite, forms } = useTexts()
  const making = useNewToken()
  const { name, roles, ...holder } = invited
  const make = (): void =>
    making.mutate({
      ...holder,
      name: invite.tokenName(name).slice(0, 100),
      roles: [...roles],
      oneTime: true,
    })
  return (
    <Modal
      opened
      onClose={close}
      title={invite.title(name)}
      size="md"
      // shown once: a slip beside it must not lose it
      closeOnClickOutside={making.data === undefined}
      closeOnEscape={making.data === undefined}
    >
      <Stack gap="sm">
        {making.data === undefined ? (
          <>
            <p className="plain">{invite.ask(name)}</p>
            <FormProblem error={making.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {forms.cancel}
              </Button>
              <Button loading={making.isPending} onClick={make} data-autofocus>
                {invite.make}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <p className="plain">{invite.about}</p>
            <CopyText text={`${location.origin}${paths.welcome(making.data.token)}`} label={invite.address} />
            <Group justify="flex-end">
              <Button onClick={close}>{invite.done}</Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  )
}
