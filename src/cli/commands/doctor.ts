import type { CliCommand } from '../cli-command.ts'
import { examine } from '../examine.ts'
import { EXIT } from '../exit-codes.ts'
import type { Finding } from '../finding.ts'
import { configFor } from '../local-config.ts'

const MARK: Readonly<Record<Finding['verdict'], string>> = { ok: 'ok  ', warn: 'warn', bad: 'BAD ' }

export const doctorCommand: CliCommand = {
  name: 'doctor',
  about: 'Look for what keeps Causeway from working, and say what to do',
  args: {},
  examples: ['doctor', 'doctor --url https://causeway.example.com', 'doctor --json'],
  run: async (call) => {
    const findings = await examine(configFor(call), call)
    call.show({ findings }, () =>
      findings
        .map(
          ({ verdict, about, what, todo }) =>
            `${MARK[verdict]}  ${about}: ${what}${todo === '' ? '' : `\n      → ${todo}`}\n`,
        )
        .join(''),
    )
    return findings.some(({ verdict }) => verdict === 'bad') ? EXIT.foundProblems : EXIT.fine
  },
}
