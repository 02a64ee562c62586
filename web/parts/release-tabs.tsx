import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Tabs } from './tabs.tsx'

/** All releases, and the packages in them. */
export const ReleaseTabs = () => {
  const { releases, packages } = useTexts()
  return (
    <Tabs
      label={releases.title}
      places={[
        { to: paths.releases(), label: releases.title },
        { to: paths.packages(), label: packages.title },
      ]}
    />
  )
}
