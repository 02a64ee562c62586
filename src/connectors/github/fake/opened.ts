import type { Session } from '../../../sync/connector.ts'
import { openHttp } from '../../http.ts'
import { type GithubFake, startGithubFake } from '../fake.ts'
import { github } from '../index.ts'
import type { Settings } from '../settings.ts'

/** A pretended GitHub whose one repository is planned in a project, with a clock that goes on only when told. */
export interface OpenedFake {
  readonly fake: GithubFake
  readonly now: () => Date
  readonly later: (ms: number) => void
  readonly open: (more?: Partial<Settings>) => Session
  readonly close: () => Promise<void>
}

export const openedFake = async (): Promise<OpenedFake> => {
  let ms = Date.parse('2026-01-05T09:00:00.000Z')
  const now = () => new Date(ms)
  const fake = await startGithubFake({ now })
  const closing: (() => Promise<unknown>)[] = []
  return {
    fake,
    now,
    later: (more) => {
      ms += more
    },
    open: (more = {}) => {
      const settings: Settings = {
        ...fake.settings,
        repositories: ['acme/road'],
        releases: 'milestones',
        projects: { Roadmap: 'acme/7' },
        ...more,
      }
      const http = openHttp({
        baseUrl: github.baseUrl(settings),
        headers: () => github.headers(settings),
        now,
        allowPrivate: [fake.address],
      })
      closing.push(() => http.close())
      return github.connect(settings, http, now)
    },
    close: async () => {
      for (const close of closing) await close()
      await fake.close()
    },
  }
}
