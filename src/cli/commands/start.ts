import { fileURLToPath } from 'node:url'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'

/** Hands over to the process itself, which lives until it is stopped. */
export const startCommand: CliCommand = {
  name: 'start',
  about: 'Run Causeway here until it is stopped',
  args: { demo: { type: 'boolean', description: 'With the built-in demo desk and tracker' } },
  examples: ['start', 'start --demo', 'start --data ./somewhere'],
  run: async (call) => {
    const entry = new URL('../../main.ts', import.meta.url)
    const data = call.text('data')
    if (data !== null) process.env['CAUSEWAY_DATA'] = data
    process.argv = [process.argv[0] ?? 'node', fileURLToPath(entry), ...(call.flag('demo') ? ['--demo'] : [])]
    await import(entry.href)
    return EXIT.fine
  },
}
