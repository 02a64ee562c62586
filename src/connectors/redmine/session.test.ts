import { describe } from 'vitest'
import { startRedmineFake } from './fake.ts'
import { sessionCases } from './session-cases.ts'
import type { RedmineSubject } from './session-deeds.ts'

const open = async (): Promise<RedmineSubject> => {
  const fake = await startRedmineFake()
  const key = (login: string): string => `key-of-${login}`
  return {
    url: fake.url,
    address: fake.address,
    apiKeys: {
      integration: key('integration'),
      developer: key('dora'),
      reporter: key('rolf'),
      admin: key('admin'),
    },
    userIds: { integration: 5, developer: 6, reporter: 7, admin: 1 },
    customFieldIds: Object.fromEntries(fake.state.customFields.map((each) => [each.name, each.id])),
    close: fake.close,
  }
}

describe('the Redmine connector on the pretended Redmine', () => sessionCases(open))
