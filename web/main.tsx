import '@fontsource-variable/inter'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './style/theme.css'
import './style/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { loadFirstTexts } from './texts/texts.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
// the first screen is drawn once, in the reader's language
const texts = await loadFirstTexts()
createRoot(root).render(
  <StrictMode>
    <App firstTexts={texts} />
  </StrictMode>,
)
