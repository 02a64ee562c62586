import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { momentOf } from '../moment-of.ts'
import { joined } from '../record-text.ts'
import { table } from '../table.ts'
import { allPages } from './find-release.ts'

const held = (row: Answer): string =>
  row
    .list('held')
    .map((time) => joined([time.object('person').text('name'), time.text('purpose')], ': '))
    .join('; ') || 'free'

export const environmentsCommand: CliCommand = {
  name: 'environments',
  about: 'Test environments, what runs on each, and who has it now',
  args: {},
  examples: ['environments'],
  run: async (call) => {
    const items = await allPages(call, '/api/v1/environments')
    call.show({ items: items.map(({ raw }) => raw) }, () =>
      items.length === 0
        ? 'There are no environments.\n'
        : table(items, [
            { title: 'KEY', of: (row) => row.text('key') },
            { title: 'PRODUCT', of: (row) => row.object('product').text('key') },
            { title: 'RUNS', of: (row) => row.object('release').text('name') },
            { title: 'NOW', of: held },
            { title: 'NEXT', of: (row) => row.object('next').text('from') },
          ]),
    )
    return EXIT.fine
  },
}

const neededMoment = (call: Call, name: string): string => momentOf(call, name) ?? call.need(name)

export const bookCommand: CliCommand = {
  name: 'environments book',
  about: 'Have an environment for yourself, from a minute to a minute',
  args: {
    environment: { type: 'positional', description: 'Key of the environment', required: false },
    from: { type: 'string', description: 'When it begins', valueHint: 'TIME' },
    to: { type: 'string', description: 'When it ends', valueHint: 'TIME' },
    for: { type: 'string', description: 'What you do there', valueHint: 'TEXT' },
    person: { type: 'string', description: 'E-mail of whom it is for, if not you', valueHint: 'E-MAIL' },
    release: { type: 'string', description: 'Name of the release it is for', valueHint: 'NAME' },
    shared: { type: 'boolean', description: 'Others may have it beside you' },
  },
  examples: [
    'environments book uat --from 2026-12-01T09:00Z --to 2026-12-01T12:00Z --for "Acceptance of 4.3" --release 4.3',
  ],
  run: async (call) => {
    const [person, release] = [call.text('person'), call.text('release')]
    const booking = readAnswer(
      await call.api().post('/api/v1/bookings', {
        ...{ environment: call.need('environment'), purpose: call.need('for') },
        ...{
          from: neededMoment(call, 'from'),
          to: neededMoment(call, 'to'),
          isShareable: call.flag('shared'),
        },
        ...(person === null ? {} : { person }),
        ...(release === null ? {} : { release }),
      }),
    )
    call.show(
      booking.raw,
      () =>
        `${booking.object('environment').text('key')} is ${booking.object('person').text('name')}’s from ${booking.text('from')} to ${booking.text('to')}.\n`,
    )
    return EXIT.fine
  },
}
