import type { Config } from '../config.ts'
import type { Running } from './start.ts'

type Shown = Pick<Running, 'url' | 'healthUrl' | 'signInToken' | 'engine'>
type Told = Pick<Config, 'roles' | 'dataDir' | 'demo' | 'publicUrl'>

/** The first words of a process, line by line: where it is, what it stands on, and what to type next. */
export const welcome = (config: Told, running: Shown): readonly string[] => [
  `Causeway ${running.url === null ? 'works' : `is at ${running.url}`} (${config.roles.join(' and ')}).`,
  ...(running.url === null ? [health(running)] : []),
  ...(running.engine === 'embedded'
    ? [
        `Database: embedded, in ${config.dataDir}. Single node, not power-loss safe; for trying out and small use. Set DATABASE_URL for more.`,
      ]
    : []),
  ...(running.url === null ? [] : nextSteps(config, config.publicUrl ?? running.url, running.signInToken)),
]

const health = ({ healthUrl }: Shown): string =>
  healthUrl === null
    ? 'Its health is shown nowhere: set CAUSEWAY_HEALTH_PORT to have /healthz, /readyz and /metrics.'
    : `Its health is at ${healthUrl} (/healthz, /readyz, /metrics).`

/** The command line of this machine finds us through the data folder; where it is not the usual one, it must be named. */
const nextSteps = (config: Told, url: string, token: string | null): readonly string[] => {
  const data = config.dataDir === './data' ? '' : ` --data ${config.dataDir}`
  const steps = [
    config.demo
      ? ([`npx causeway status${data}`, "how the demo's two tools are"] as const)
      : ([
          `npx causeway apply FILE${data}`,
          'who and what you have; README.md has a file to begin with',
        ] as const),
    ['npx causeway --help', 'everything else; docs/README.md leads on by task'] as const,
  ]
  const width = Math.max(...steps.map(([command]) => command.length))
  return [
    ...(token === null
      ? []
      : [
          '',
          'Open this in your browser to create the owner’s account (once, within a day):',
          '',
          `  ${url}/welcome#token=${token}`,
          '',
        ]),
    `${token === null ? 'Next' : 'Or'}, in a second terminal on this machine (it needs no token):`,
    ...steps.map(([command, about]) => `  ${command.padEnd(width)}   ${about}`),
    ...(token === null
      ? []
      : [`From another machine, with what follows #token= : npx causeway sign-in TOKEN --url ${url}`]),
  ]
}
