import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Starts a floor on a database of its own. */
export const startGroupCommit = async (
  databaseUrl: string,
): Promise<{ readonly url: string; readonly pid: number; stop(): Promise<void> }> => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('./group-commit.ts', import.meta.url))],
    {
      env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: chunk.toString().trim(),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
