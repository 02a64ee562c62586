import { writeFile } from 'node:fs/promises'
import { readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'

/** The file itself, or wrapped in JSON. */
const yamlIn = (text: string): string => {
  if (!text.startsWith('{')) return text
  try {
    return readAnswer(JSON.parse(text)).exact('yaml') ?? text
  } catch {
    return text
  }
}

const run = async (call: Call): Promise<ExitCode> => {
  const yaml = yamlIn(await call.api().getText('/api/v1/configuration'))
  const file = call.text('file')
  if (file === null) {
    call.show({ yaml }, () => yaml)
    return EXIT.fine
  }
  await writeFile(file, yaml)
  call.show(
    { file },
    () => `Wrote ${file}. It holds no secrets: set the variables it names before you apply it.\n`,
  )
  return EXIT.fine
}

export const exportCommand: CliCommand = {
  name: 'export',
  about: 'Write what is configured as a file that `apply` takes',
  args: { file: { type: 'positional', description: 'Where to; left out: to the screen', required: false } },
  examples: ['export > causeway.yaml', 'export causeway.yaml'],
  run,
}
