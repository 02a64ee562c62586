import type { ReactNode } from 'react'
import { ScreenHead } from './screen.tsx'
import { NoRights } from './states.tsx'
import { Tabs } from './tabs.tsx'

/** What every one of some screens has that have the same name, and of which each shows a part. */
export interface TabbedPart {
  readonly about: string
  readonly mayRead: boolean
  readonly action?: ReactNode
  readonly children: ReactNode
}

export const TabbedScreen = ({
  title,
  places,
  about,
  mayRead,
  action,
  children,
}: TabbedPart & {
  readonly title: string
  readonly places: readonly { readonly to: string; readonly label: string }[]
}) => (
  <>
    <ScreenHead title={title} about={about}>
      {mayRead ? action : null}
    </ScreenHead>
    <Tabs label={title} places={places} />
    {mayRead ? children : <NoRights />}
  </>
)
