import { Select } from '@mantine/core'
import { type Language, SETTING_LANGUAGES } from '../../src/domain/settings.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** In which language somebody is written to; none: whatever is usual for them. */
export const MessageLanguage = ({
  value,
  choose,
}: {
  readonly value: Language | null
  readonly choose: (language: Language | null) => void
}) => {
  const { outreach } = useTexts()
  return (
    <Select
      label={outreach.messageLanguage}
      description={outreach.messageLanguageAbout}
      placeholder={outreach.asUsual}
      clearable
      data={SETTING_LANGUAGES.map((one) => ({ value: one, label: outreach.languages[one] }))}
      value={value}
      onChange={(chosen) => choose(SETTING_LANGUAGES.find((one) => one === chosen) ?? null)}
    />
  )
}
