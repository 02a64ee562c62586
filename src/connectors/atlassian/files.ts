import type { Receipt } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { elementId, issueId, type Of, type PushContext, readBack, unlessGone } from './push-context.ts'
import { DEFAULT_ATTACHMENT_MB } from './settings.ts'

/** Files of an issue. Jira alone has no internal ones: everybody who sees the issue sees all of them. */

/**
 * A quote in the name of a part is sent as `%22`, as browsers do, and Jira keeps it so; a line end or a slash would be a
 * name of its own making.
 */
export const storedName = (name: string): string =>
  name
    .replaceAll('"', "'")
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\/]/g, '_')

export const attach = async (
  context: PushContext,
  operation: Of<'attach'>,
  content: (() => AsyncIterable<Uint8Array>) | undefined,
): Promise<Receipt> => {
  const { client, desk, settings } = context
  const id = issueId(operation.ref, 'attachments')
  const isPublic = operation.visibility === 'public'
  if (!isPublic && desk.attach === null) {
    throw new RemoteFault(
      'invalid',
      'Jira has no internal attachments: everybody who sees the issue would see it',
    )
  }
  if (content === undefined) throw new RemoteFault('invalid', `the bytes of ${operation.name} are missing`)
  const largest = (settings.maxAttachmentMb ?? DEFAULT_ATTACHMENT_MB) * 1024 * 1024
  if (operation.size > largest)
    throw new RemoteFault('invalid', `${operation.name} is larger than Jira takes`)
  const file = { name: storedName(operation.name), mediaType: operation.mediaType, size: operation.size }
  const made =
    desk.attach === null
      ? ((
          await client.attach(id, {
            name: 'file',
            filename: file.name,
            mediaType: file.mediaType,
            size: file.size,
            content: content(),
          })
        )?.id ?? null)
      : await desk.attach(client, { ...file, issueId: id, content: content(), isPublic })
  const shown = await readBack(context, operation.ref)
  return { ref: shown?.ref ?? null, elementId: made === null ? null : String(made), snapshot: shown }
}

export const detach = async (context: PushContext, operation: Of<'detach'>): Promise<Receipt> => {
  issueId(operation.ref, 'attachments')
  const id = elementId(operation.attachmentId, 'attachment')
  await unlessGone(() => context.client.deleteAttachment(id))
  const shown = await readBack(context, operation.ref)
  return { ref: shown?.ref ?? null, elementId: id, snapshot: shown }
}
