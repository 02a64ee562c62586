import { existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** The program of a browser, or why there is none. */
export type FoundBrowser = { readonly path: string } | { readonly path: null; readonly because: string }

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const usualPlaces = (env: Env): readonly string[] => [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = env[name]
    return folder === undefined ? [] : [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')]
  }),
]

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()

/** CAUSEWAY_BROWSER first, then the PATH, then where installers put it. */
export const findBrowser = (env: Env, isThere: (path: string) => boolean = isFile): FoundBrowser => {
  const named = env['CAUSEWAY_BROWSER']?.trim() || null
  if (named !== null)
    return isThere(named)
      ? { path: named }
      : { path: null, because: `CAUSEWAY_BROWSER names ${named}, and no file is there` }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const path = [...onPath, ...usualPlaces(env)].find(isThere)
  return path === undefined
    ? {
        path: null,
        because: 'no Chrome or Chromium was found; install one, or name its program in CAUSEWAY_BROWSER',
      }
    : { path }
}
