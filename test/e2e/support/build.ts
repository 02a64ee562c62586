import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LEFT_BEHIND } from './left-behind.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** The web app as it is now, built once for the whole run. */
export const setup = (): void => {
  rmSync(LEFT_BEHIND, { recursive: true, force: true })
  const built = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'tools/build-web.ts'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (built.status !== 0) throw new Error('The web app could not be built; its messages are above.')
}
