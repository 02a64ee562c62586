import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { makeQueryClient } from './api/query-client.ts'
import { tell } from './parts/tell.tsx'
import { KeysProvider } from './parts/use-keys.tsx'
import { makeRouter } from './router.tsx'
import { type Loaded, TextsProvider, useTexts } from './texts/texts.tsx'
import { makeTheme } from './theme.ts'

/** Everything that all screens stand in. Colours come from web/style/theme.css, not from a style element. */
export const App = ({ firstTexts }: { readonly firstTexts: Loaded }) => {
  const [client] = useState(makeQueryClient)
  const [router] = useState(makeRouter)
  return (
    <TextsProvider first={firstTexts}>
      <Themed>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" limit={4} />
          <KeysProvider onRefused={(reason) => tell({ text: reason, tone: 'warn' })}>
            <RouterProvider router={router} />
          </KeysProvider>
        </QueryClientProvider>
      </Themed>
    </TextsProvider>
  )
}

const Themed = ({ children }: { readonly children: ReactNode }) => {
  const texts = useTexts()
  const theme = useMemo(() => makeTheme(texts), [texts])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
