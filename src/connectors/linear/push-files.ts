import type { Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import { derivedId } from './derived-id.ts'
import { pathOf, urlOfId } from './files.ts'
import {
  type Content,
  elementIdOf,
  extentOf,
  issueIdOf,
  type Of,
  type Pushing,
  receipt,
  shownOf,
} from './pushing.ts'
import { filesOf, maxAttachmentBytes, publicWordOf } from './settings.ts'

/** Files and links: both are attachments in Linear, by their address. */

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  count: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count(chunk.length)
    yield chunk
  }
}

/** A header's name and value, as a presigned address demands them; anything odd would be somebody else's. */
const HEADER = /^[A-Za-z0-9-]{1,60}$/

const MEDIA_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/

/** An address, then the bytes to it, then the attachment that names it: only the last is seen. */
export const attach = async (
  pushing: Pushing,
  operation: Of<'attach'>,
  key: string,
  content: Content,
): Promise<Receipt> => {
  const { client, settings } = pushing
  const issueId = issueIdOf(operation.ref, 'attachments')
  if (content === undefined) throw new RemoteFault('invalid', `the bytes of ${operation.name} are missing`)
  if (operation.size > maxAttachmentBytes(settings))
    throw new RemoteFault('invalid', `${operation.name} is larger than the settings of this connection allow`)
  if (operation.visibility === 'public' && publicWordOf(settings) === null)
    throw new RemoteFault(
      'invalid',
      'Files in Linear are internal: no word for public comments is named in the settings of this connection',
    )
  const url = await upload(pushing, operation, content)
  const id = derivedId('attachment', key)
  const type = MEDIA_TYPE.test(operation.mediaType) ? operation.mediaType : 'application/octet-stream'
  const metadata = {
    causewaySize: operation.size,
    causewayType: type,
    ...(operation.visibility === 'public' ? { causewayAudience: 'public' } : {}),
  }
  const input = { id, issueId, title: operation.name, url, metadata }
  try {
    const { attachmentCreate } = await client.ask('attachmentCreate', { input, ...(await extentOf(pushing)) })
    return receipt(await shownOf(pushing, attachmentCreate.attachment.issue), attachmentCreate.attachment.id)
  } catch (thrown) {
    if (!isFault(thrown) || thrown.kind !== 'invalid') throw thrown
    // refused, because an earlier call whose answer was lost has attached it
    if ((await client.askIfThere('attachment', { id })) === null) throw thrown
    return receipt(null, id)
  }
}

const upload = async (
  { client, settings }: Pushing,
  operation: Of<'attach'>,
  content: NonNullable<Content>,
): Promise<string> => {
  const type = MEDIA_TYPE.test(operation.mediaType) ? operation.mediaType : 'application/octet-stream'
  const { fileUpload } = await client.ask('fileUpload', { name: operation.name, type, size: operation.size })
  const { uploadUrl, assetUrl, headers } = fileUpload.uploadFile
  if (pathOf(assetUrl, filesOf(settings)) === null)
    throw new RemoteFault('invalid', 'Linear keeps the file at an address that is not one of its own')
  const demanded = headers.filter(
    ({ key }) => HEADER.test(key) && !/^(authorization|host|content-length)$/i.test(key),
  )
  let size = 0
  const bytes = counted(content(), (more) => {
    size += more
  })
  await client.put(
    uploadUrl,
    {
      'content-type': type,
      'cache-control': 'public, max-age=31536000',
      ...Object.fromEntries(demanded.map(({ key, value }) => [key.toLowerCase(), value])),
    },
    operation.size,
    bytes,
  )
  if (size !== operation.size)
    throw new RemoteFault(
      'down',
      `${size} of the ${operation.size} bytes of ${operation.name} could be read; not attached`,
    )
  return assetUrl
}

/** A file inside a text is a part of that text: it goes when somebody edits it. */
export const detach = async (pushing: Pushing, operation: Of<'detach'>): Promise<Receipt> => {
  issueIdOf(operation.ref, 'attachments')
  if (urlOfId(operation.attachmentId, filesOf(pushing.settings)) !== null)
    throw new RemoteFault(
      'invalid',
      'The file is part of a description or comment in Linear: edit that there',
    )
  await pushing.client.askIfThere('attachmentDelete', { id: elementIdOf(operation.attachmentId) })
  return receipt(null, operation.attachmentId)
}

/** The same address again is the same attachment: Linear changes it. */
export const addLink = async (pushing: Pushing, operation: Of<'link.add'>): Promise<Receipt> => {
  const input = {
    issueId: issueIdOf(operation.ref, 'links'),
    url: operation.url,
    title: operation.title.trim() || operation.url,
  }
  const { attachmentCreate } = await pushing.client.ask('attachmentCreate', {
    input,
    ...(await extentOf(pushing)),
  })
  return receipt(await shownOf(pushing, attachmentCreate.attachment.issue), attachmentCreate.attachment.id)
}

export const removeLink = async (pushing: Pushing, operation: Of<'link.remove'>): Promise<Receipt> => {
  const { client } = pushing
  const { issue } = await client.ask('linksTo', { id: issueIdOf(operation.ref, 'links'), url: operation.url })
  for (const { id } of issue.attachments.nodes) await client.askIfThere('attachmentDelete', { id })
  return receipt(null)
}
