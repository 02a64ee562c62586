import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { secondFactorQuery } from '../api/account.ts'
import { queryKeys } from '../api/query-keys.ts'
import type { Self } from '../api/session.ts'
import { SecondFactor } from '../forms/second-factor.tsx'
import { Cards } from '../parts/card.tsx'
import { ScreenHead } from '../parts/screen.tsx'
import { SelfMenu } from '../parts/self-menu.tsx'
import { useTexts } from '../texts/texts.tsx'

/** Instead of every screen, while the organisation asks for a second factor and there is none. */
export const FactorFirst = ({ self }: { readonly self: Self }) => {
  const { factorFirst } = useTexts()
  const client = useQueryClient()
  const isOn = useQuery(secondFactorQuery).data?.on === true
  return (
    <main id="screen">
      <ScreenHead title={factorFirst.title} about={factorFirst.about} />
      <Cards>
        <SecondFactor />
        {isOn ? (
          <div>
            <Button onClick={() => void client.invalidateQueries({ queryKey: queryKeys.self })}>
              {factorFirst.goOn}
            </Button>
          </div>
        ) : null}
        <div>
          <SelfMenu self={self} showKeys={null} />
        </div>
      </Cards>
    </main>
  )
}
