import { Button, Group, Modal, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { calendarAddressQuery, useEndCalendarAddress, useNewCalendarAddress } from '../api/calendar.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** The calendar for one's own program: a secret address, which is made, replaced and ended here. */
export const CalendarDialog = ({ close }: { readonly close: () => void }) => {
  const { calendar } = useTexts()
  const found = useQuery(calendarAddressQuery)
  const making = useNewCalendarAddress()
  const ending = useEndCalendarAddress()
  const opened = found.data?.opened ?? null
  const end = (): void =>
    ending.mutate(undefined, {
      onSuccess: () => {
        making.reset()
        tell({ text: calendar.ended, tone: 'good' })
      },
    })
  const isShown = making.data !== undefined
  return (
    <Modal
      opened
      onClose={close}
      title={calendar.subscribeTitle}
      size="md"
      // shown once: a slip beside it must not lose it
      closeOnClickOutside={!isShown}
      closeOnEscape={!isShown}
    >
      <Stack gap="sm">
        {isShown ? (
          <>
            <p className="plain">{calendar.madeAbout}</p>
            <CopyText text={making.data.address} label={calendar.made} />
          </>
        ) : (
          <>
            <p className="plain">{calendar.subscribeAbout}</p>
            {found.data === undefined ? null : opened === null ? (
              <p className="quiet plain">{calendar.none}</p>
            ) : (
              <p className="quiet plain">
                {calendar.since} <Time at={opened.createdAt} />.{' '}
                {opened.lastUsedAt === null ? (
                  calendar.neverAsked
                ) : (
                  <>
                    {calendar.lastAsked} <Time at={opened.lastUsedAt} />.
                  </>
                )}{' '}
                {calendar.makeNewAbout}
              </p>
            )}
          </>
        )}
        <FormProblem error={making.error ?? ending.error ?? found.error} />
        <Group justify="flex-end" gap="xs">
          {opened === null ? null : (
            <Button variant="default" loading={ending.isPending} onClick={end}>
              {calendar.end}
            </Button>
          )}
          {isShown ? (
            <Button onClick={close}>{calendar.done}</Button>
          ) : (
            <Button loading={making.isPending} disabled={found.isPending} onClick={() => making.mutate()}>
              {opened === null ? calendar.make : calendar.makeNew}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
