import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { App } from '../app.ts'
import { onMissing, problem, sendProblem } from '../errors.ts'
import { type BuiltFile, type Encoding, readBuiltFiles } from './built-files.ts'

/**
 * The web app: the files of build/web, and its page for every other address, which the browser's router reads. What is
 * served was listed when the process began; an address is only looked up in that list and never becomes a path.
 */
const BUILD_FOLDER = fileURLToPath(new URL('../../../build/web/', import.meta.url))

/** What the server answers itself: an unknown address below these is a mistake of a program, not a screen. */
const NOT_SCREENS = /^\/(api|hooks|healthz|readyz|metrics|assets)(\/|$)/
/** `/robots.txt`: somebody looks for a file, not for a screen. */
const NAMES_A_FILE = /^\/[^/]+\.[a-z0-9]{1,5}$/i

/**
 * Nothing from elsewhere, nothing inline. The component library needs no exception: its colours come from our own
 * style sheet (web/style) instead of the style element it would write, and what it sets on elements is set by script.
 * `blob:` shows a screenshot in the editor before it is sent. `upgrade-insecure-requests` is left out, because it breaks
 * the app on a plain http address of a local network.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** Names below assets/ carry the hash of their content: what is there never changes. */
const cacheControl = (path: string): string =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'

export const webRoutes = (app: App, folder: string = BUILD_FOLDER): void => {
  const files = readBuiltFiles(folder)
  const page = files.get('/index.html')
  app.get('/*', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const [path = '/'] = request.url.split('?')
    const isPage = !NOT_SCREENS.test(path) && !NAMES_A_FILE.test(path)
    const file = files.get(path) ?? (isPage ? page : undefined)
    if (file === undefined && isPage)
      return sendProblem(
        reply,
        problem(
          'not-found',
          'The web app is not built here. `npm run build:web` builds it; then start again.',
        ),
      )
    if (file === undefined) return onMissing(request, reply)
    const encoding = chooseEncoding(file, request.headers['accept-encoding'])
    if (encoding !== null) reply.header('content-encoding', encoding)
    return reply
      .header('content-type', TYPES[file.extension] ?? 'application/octet-stream')
      .header('cache-control', cacheControl(file.path))
      .header('vary', 'accept-encoding')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('referrer-policy', 'same-origin')
      .header('cross-origin-opener-policy', 'same-origin')
      .send(createReadStream(encoding === null ? file.file : (file.compressed[encoding] ?? file.file)))
  })
}

const ENCODINGS = ['br', 'gzip'] as const satisfies readonly Encoding[]

/** The smallest copy the browser takes. */
const chooseEncoding = (file: BuiltFile, accepted: string | string[] | undefined): Encoding | null => {
  const words = String(accepted ?? '')
    .split(',')
    .map((word) => word.trim().split(';')[0])
  return ENCODINGS.find((one) => words.includes(one) && file.compressed[one] !== undefined) ?? null
}
