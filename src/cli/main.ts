import { runCli } from './run-cli.ts'
import { processTerminal } from './terminal.ts'

/** `causeway …`. Ends by itself when the work is done: stdout is written to its end, also into a pipe. */
process.exitCode = await runCli(process.argv.slice(2), processTerminal())
