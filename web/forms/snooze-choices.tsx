import { Radio, Stack, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { SNOOZE_CHOICES, type SnoozeChoice, snoozeUntil } from '../parts/snooze-choices.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** Until when something is put off: a few usual moments, or another one. `choose` is told at once what is offered first. */
export const SnoozeChoices = ({ choose }: { readonly choose: (until: Date | null) => void }) => {
  const { snoozeWork } = useTexts()
  const [choice, setChoice] = useState<SnoozeChoice | 'other'>('tomorrow')
  /** As the field has it: the reader's own zone, without one. */
  const [other, setOther] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: told anew when the choice is another, not when who hears it is
  useEffect(() => {
    choose(choice !== 'other' ? snoozeUntil(choice, new Date()) : other === '' ? null : new Date(other))
  }, [choice, other])
  return (
    <>
      <Radio.Group
        label={snoozeWork.until}
        description={snoozeWork.about}
        value={choice}
        onChange={(value) => setChoice(SNOOZE_CHOICES.find((one) => one === value) ?? 'other')}
      >
        <Stack gap={8} mt={6}>
          {[...SNOOZE_CHOICES, 'other' as const].map((one) => (
            <Radio
              key={one}
              size="xs"
              value={one}
              data-autofocus={one === choice || undefined}
              label={snoozeWork.choices[one]}
            />
          ))}
        </Stack>
      </Radio.Group>
      {choice === 'other' ? (
        <TextInput
          type="datetime-local"
          aria-label={snoozeWork.choices.other}
          value={other}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
      ) : null}
    </>
  )
}
