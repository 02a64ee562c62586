import { createWriteStream } from 'node:fs'
import { rename, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { byteSize } from '../../lib/byte-size.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'

const MIB = 1024 * 1024

/** Written beside its final name and renamed: a file of that name is complete. */
const run = async (call: Call): Promise<ExitCode> => {
  const file = call.need('file')
  const partial = `${file}.partial`
  const { size, content } = await call.api().download('/api/v1/backup')
  if (size !== null) await needRoom(file, size)
  let bytes = 0
  let told = 0
  const counter = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes - told >= (call.terminal.watched ? MIB : 100 * MIB)) {
        told = bytes
        call.terminal.err(call.terminal.watched ? `\r\u001b[K${byteSize(bytes)}` : `${byteSize(bytes)}\n`)
      }
      done(null, chunk)
    },
  })
  try {
    await pipeline(content, counter, createWriteStream(partial, { mode: 0o600 }))
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
      `Wrote ${file} (${byteSize(bytes)}). Keep the key file beside it: without it the stored secrets stay closed.\n`,
  )
  return EXIT.fine
}

/** Asked before a byte is written: a disk filled to the brim by a backup stops whatever else lives on it. */
const needRoom = async (file: string, size: number): Promise<void> => {
  const folder = dirname(file)
  const room = await statfs(folder).catch((error: unknown) => {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be read'
    throw new CliStop(EXIT.failed, `Nothing can be written into ${folder} (${why}).`, 'Name another file.')
  })
  const free = room.bavail * room.bsize
  if (free < size)
    throw new CliStop(
      EXIT.failed,
      `The backup has ${byteSize(size)}, and ${byteSize(free)} is free in ${folder}.`,
      'Make room, or name a file on another disk.',
    )
}

export const backupCommand: CliCommand = {
  name: 'backup',
  about: 'Save all records and files into one file',
  args: { file: { type: 'positional', description: 'Where to', required: false } },
  examples: ['backup causeway-2026-11-22.ndjson.gz'],
  run,
}
