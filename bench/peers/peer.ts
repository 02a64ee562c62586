import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** Another system that does the same job: takes the webhook, maps it, PATCHes the target. */
export interface Peer {
  readonly name: string
  /** Events of a run: about twenty seconds' worth. */
  readonly events: number
  /** Installs and starts it against a target; a text says why it cannot be had. */
  readonly start: (targetUrl: string) => Promise<RunningPeer | string>
}

export interface RunningPeer {
  readonly hookUrl: string
  readonly pid: number
  stop(): Promise<void>
}

/** Starts a program and waits until a webhook is answered. */
export const startProgram = async (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  hookUrl: string,
): Promise<RunningPeer> => {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: 'ignore',
  })
  for (let tries = 0; !(await answers(hookUrl)); tries += 1) {
    if (child.exitCode !== null || tries > 600) throw new Error(`${args[0]} did not start`)
    await sleep(200)
  }
  return { hookUrl, pid: child.pid ?? 0, stop: () => stopProgram(child) }
}

const stopProgram = async (child: ChildProcess): Promise<void> => {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}

const PROBE = JSON.stringify({
  ticket: {
    subject: 'probe',
    description: '',
    priority: 'low',
    status: 'open',
    tags: [],
    id: 0,
    external_id: 'TRK-0',
    custom_fields: [{ id: 360002, value: 'x' }],
  },
})

const answers = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: PROBE,
    })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}
