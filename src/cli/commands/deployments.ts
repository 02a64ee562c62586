import { type Answer, readAnswer } from '../answer-reader.ts'
import { bodyOf, optionsOf, type Words } from '../body-of.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { joined } from '../record-text.ts'
import { table } from '../table.ts'

const placeOf = (row: Answer): string =>
  row.object('environment').text('key') ??
  joined(
    [
      row.object('installation').object('customer').text('key'),
      row.object('installation').text('environment'),
    ],
    '/',
  )

const FILTERS = {
  product: { about: 'Only of this product', hint: 'KEY' },
  environment: { about: 'Only to this environment', hint: 'KEY' },
  state: { about: 'started, succeeded, failed or rolled back' },
  since: { about: 'Only since this moment', hint: 'TIME' },
} as const satisfies Words

export const deploymentsCommand: CliCommand = {
  name: 'deployments',
  about: 'What was put where, the last 50 first',
  args: optionsOf(FILTERS),
  examples: ['deployments', 'deployments --environment staging --state failed'],
  run: async (call) => {
    const page = readAnswer(await call.api().get('/api/v1/deployments', bodyOf(call, FILTERS)))
    const rows = page.list('items')
    call.show(page.raw, () =>
      rows.length === 0
        ? 'No deployments.\n'
        : table(rows, [
            { title: 'STARTED', of: (row) => row.text('startedAt') },
            { title: 'PRODUCT', of: (row) => row.object('product').text('key') },
            { title: 'RELEASE', of: (row) => row.object('release').text('name') },
            { title: 'WHERE', of: placeOf },
            { title: 'STATE', of: (row) => row.text('state') },
            { title: 'SOURCE', of: (row) => row.text('source') },
            { title: 'CHANGE', of: (row) => row.object('change').text('key') },
          ]),
    )
    return EXIT.fine
  },
}

const TOLD = {
  product: { about: 'Key of the product, where --environment does not tell it', hint: 'KEY' },
  release: { about: 'Name of the release (else that of --commit)', hint: 'NAME' },
  commit: { about: 'What was built', hint: 'SHA' },
  environment: { about: 'Where: an environment of yours', hint: 'KEY' },
  installation: { about: 'Where: a customer’s, as acme/production', hint: 'CUSTOMER/WHERE' },
  state: { about: 'started, succeeded (the default), failed or rolled back' },
  'started-at': { about: 'When it began', hint: 'TIME' },
  'finished-at': { about: 'When it ended (else now)', hint: 'TIME' },
  change: { about: 'The change it carries out (else the only one that is begun there)', hint: 'C-12' },
  build: { about: 'What the pipeline calls the build' },
  url: { about: 'Where the pipeline shows it', hint: 'URL' },
  source: { about: 'Which pipeline tells', hint: 'NAME' },
  'external-id': { about: 'Its id there: told again, it is the same deployment', hint: 'ID' },
} as const satisfies Words

export const recordDeploymentCommand: CliCommand = {
  name: 'deployments record',
  about: 'Tell that a release was put somewhere: the last step of any pipeline',
  args: optionsOf(TOLD),
  examples: [
    'deployments record --environment staging --release 4.3',
    'deployments record --environment production --commit 3f1c2ab9 --source jenkins --external-id "atlas-deploy 118"',
    'deployments record --product atlas --installation acme/production --release 4.3 --state "rolled back" --external-id 77 --source argo',
  ],
  run: async (call) => {
    const recorded = readAnswer(await call.api().post('/api/v1/deployments', bodyOf(call, TOLD)))
    const row = recorded.object('deployment')
    call.show(
      recorded.raw,
      () =>
        `${joined([row.object('product').text('name'), row.object('release').text('name')], ' ')} on ${placeOf(row)}: ${row.text('state')}${recorded.flag('isNew') ? '' : ' (told before)'}\n`,
    )
    return EXIT.fine
  },
}
