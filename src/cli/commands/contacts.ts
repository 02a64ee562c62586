import { readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'

export const newContactCommand: CliCommand = {
  name: 'contacts new',
  about: 'Write down a person at a customer',
  args: {
    email: { type: 'positional', description: 'Address', required: false },
    name: { type: 'string', description: 'Name', valueHint: 'TEXT' },
    customer: { type: 'string', description: 'Key of the customer; left out: not known', valueHint: 'KEY' },
  },
  examples: ['contacts new maria@northwind.example --name "Maria Moreno" --customer northwind'],
  run: async (call) => {
    const email = call.need('email')
    const customer = call.text('customer')
    const body = { email, name: call.text('name') ?? email, ...(customer === null ? {} : { customer }) }
    const contact = readAnswer(await call.api().post('/api/v1/contacts', body))
    call.show(contact.raw, () => `${email} is a contact${customer === null ? '' : ` of ${customer}`}.\n`)
    return EXIT.fine
  },
}
