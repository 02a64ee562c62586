import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from './find-browser.ts'

export const launch = async (): Promise<Browser> => {
  const found = findBrowser(process.env)
  if (found.path === null) throw new Error(`No browser, because ${found.because}.`)
  // a browser that runs as root has no sandbox to give; people's machines keep theirs
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath: found.path, args: isRoot ? ['--no-sandbox'] : [] })
}
