import { createServer } from 'node:net'
import { request } from 'undici'
import type { Config } from '../config.ts'
import { readAnswer } from './answer-reader.ts'
import type { Call } from './cli-command.ts'
import { CliStop } from './exit-codes.ts'
import { type Finding, finding } from './finding.ts'

/** What a doctor learns from the running server, or why there is none. */
const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })

const CLOCK_OFF_S = 5

interface Reached {
  readonly findings: readonly Finding[]
  readonly reached: boolean
}

const server = async (url: string): Promise<Reached> => {
  const before = Date.now()
  try {
    const answer = await request(`${url}/healthz`, { headersTimeout: 5_000, bodyTimeout: 5_000 })
    const version = readAnswer(await answer.body.json()).text('version')
    if (version === null)
      return {
        reached: false,
        findings: [
          finding('Server', 'bad', `${url} answers, but not like Causeway`, 'Correct --url or CAUSEWAY_URL.'),
        ],
      }
    const date = answer.headers['date']
    const off = typeof date === 'string' ? Math.abs(new Date(date).getTime() - before) / 1000 : 0
    return {
      reached: true,
      findings: [
        finding('Server', 'ok', `${url}, version ${version}`),
        off > CLOCK_OFF_S
          ? finding(
              'Clock',
              'warn',
              `it is ${Math.round(off)} s apart from the server's`,
              'Set the clocks of both machines (NTP).',
            )
          : finding('Clock', 'ok', 'agrees with the server'),
      ],
    }
  } catch {
    return { reached: false, findings: [] }
  }
}

const connections = async (call: Pick<Call, 'api'>): Promise<readonly Finding[]> => {
  const api = call.api()
  const list = readAnswer(await api.get('/api/v1/connections')).list('items')
  return Promise.all(
    list.map(async (row): Promise<Finding> => {
      const name = row.text('key') ?? ''
      const about = `Connection ${name}`
      if (row.text('state') === 'paused')
        return finding(
          about,
          'warn',
          `paused. ${row.text('stateReason') ?? ''}`,
          `causeway connections resume ${name}`,
        )
      try {
        const answer = readAnswer(await api.post(`/api/v1/connections/${encodeURIComponent(name)}/check`))
        const [problem] = answer.texts('problems')
        return problem === undefined
          ? finding(about, 'ok', answer.text('tool') ?? 'answers')
          : finding(about, 'bad', problem, 'Correct it in the tool or in the settings.')
      } catch (error) {
        if (error instanceof CliStop) return finding(about, 'bad', error.message, error.todo)
        throw error
      }
    }),
  )
}

export const running = async (config: Config, call: Pick<Call, 'api'>): Promise<readonly Finding[]> => {
  let url: string
  try {
    url = call.api().url
  } catch (error) {
    if (error instanceof CliStop) return [finding('Server', 'warn', error.message, error.todo)]
    throw error
  }
  const { findings, reached } = await server(url)
  if (reached) {
    try {
      return [...findings, ...(await connections(call))]
    } catch (error) {
      if (error instanceof CliStop)
        return [...findings, finding('Connections', 'warn', error.message, error.todo)]
      throw error
    }
  }
  const port = (await isFree(config.port, config.host))
    ? finding('Port', 'ok', `${config.host}:${config.port} is free`)
    : finding(
        'Port',
        'bad',
        `${config.host}:${config.port} is taken by something else`,
        'Stop that, or choose another with CAUSEWAY_PORT.',
      )
  return [
    ...findings,
    finding('Server', 'warn', `nobody answers at ${url}`, 'Start it with `npm start`.'),
    port,
  ]
}
