import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Tabs } from './tabs.tsx'

export const OutreachTabs = () => {
  const { outreach } = useTexts()
  return (
    <Tabs
      label={outreach.title}
      places={[
        { to: paths.outreach(), label: outreach.tabs.messages },
        { to: paths.outreachReport(), label: outreach.tabs.report },
        { to: paths.outreachSettings(), label: outreach.tabs.settings },
      ]}
    />
  )
}
