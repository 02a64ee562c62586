import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail server that keeps what it is given. */
export interface Mailbox {
  readonly url: string
  /** The first address of this shape in any mail that came or comes. */
  link(shape: RegExp): Promise<string>
  close(): Promise<void>
}

const PATIENCE_MS = 30_000

export const openMailbox = async (): Promise<Mailbox> => {
  const mails: string[] = []
  const waiting = new Set<() => void>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (part: string) => {
        text += part
      })
      stream.on('end', () => {
        mails.push(plain(text))
        for (const look of [...waiting]) look()
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    link: (shape) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`no mail with ${shape}; ${mails.length} came`)),
          PATIENCE_MS,
        )
        const look = (): void => {
          const found = mails.map((mail) => shape.exec(mail)?.[0]).find((one) => one !== undefined)
          if (found === undefined) return
          clearTimeout(late)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Without the soft line breaks of quoted-printable. */
const plain = (mail: string): string => mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
