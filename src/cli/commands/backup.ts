import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'

const MIB = 1024 * 1024

const megabytes = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`

/** Written beside its final name and renamed: a file of that name is complete. */
const run = async (call: Call): Promise<ExitCode> => {
  const file = call.need('file')
  const partial = `${file}.partial`
  const source = await call.api().download('/api/v1/backup')
  let bytes = 0
  let told = 0
  const counter = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes - told >= (call.terminal.watched ? MIB : 100 * MIB)) {
        told = bytes
        call.terminal.err(call.terminal.watched ? `\r\u001b[K${megabytes(bytes)}` : `${megabytes(bytes)}\n`)
      }
      done(null, chunk)
    },
  })
  try {
    await pipeline(source, counter, createWriteStream(partial, { mode: 0o600 }))
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw new CliStop(
      EXIT.failed,
      `The backup was not written: ${error instanceof Error ? error.message : 'it was cut short'}.`,
      'Check the room on the disk and that the server still runs, then try again.',
    )
  }
  if (call.terminal.watched && told > 0) call.terminal.err('\r\u001b[K')
  call.show(
    { file, bytes },
    () =>
      `Wrote ${file} (${megabytes(bytes)}). Keep the key file beside it: without it the stored secrets stay closed.\n`,
  )
  return EXIT.fine
}

export const backupCommand: CliCommand = {
  name: 'backup',
  about: 'Save all records and files into one file',
  args: { file: { type: 'positional', description: 'Where to', required: false } },
  examples: ['backup causeway-2026-11-22.ndjson.gz'],
  run,
}
