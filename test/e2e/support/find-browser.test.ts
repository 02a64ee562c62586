import { describe, expect, it } from 'vitest'
import { findBrowser } from './find-browser.ts'

const only =
  (...paths: readonly string[]) =>
  (path: string): boolean =>
    paths.includes(path)

describe('the browser for the tests', () => {
  it('is the one that was named, because whoever names one means it', () => {
    const env = { CAUSEWAY_BROWSER: '/opt/mine', PATH: '/usr/bin' }
    expect(findBrowser(env, only('/opt/mine', '/usr/bin/chromium'))).toEqual({ path: '/opt/mine' })
  })

  it('is not quietly another one when the named one is missing', () => {
    const env = { CAUSEWAY_BROWSER: '/opt/mine', PATH: '/usr/bin' }
    expect(findBrowser(env, only('/usr/bin/chromium'))).toEqual({
      path: null,
      because: 'CAUSEWAY_BROWSER names /opt/mine, and no file is there',
    })
  })

  it('is found by any of its names, and where installers put it', () => {
    expect(findBrowser({ PATH: '/a:/b' }, only('/b/google-chrome'))).toEqual({ path: '/b/google-chrome' })
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(findBrowser({}, only(mac))).toEqual({ path: mac })
  })

  it('is said to be missing by name, with what to do', () => {
    expect(findBrowser({ PATH: '/a' }, only())).toEqual({
      path: null,
      because: 'no Chrome or Chromium was found; install one, or name its program in CAUSEWAY_BROWSER',
    })
  })
})
