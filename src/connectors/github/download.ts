import type { HttpDownload } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef } from '../../sync/snapshot.ts'
import type { GithubClient } from './client.ts'
import { fileOf } from './files.ts'
import type { Places } from './places.ts'
import { answers, readAs } from './schema.ts'

/**
 * The bytes of a file that people dropped into a text. It lies at github.com, which sends on to a presigned address. Of a
 * private repository github.com shows it to browsers only and answers 404 to many tokens; but the text as HTML, which
 * the API does give, names a signed address that is good for some minutes. So that is the second way.
 */

const SIGNED = /https:\/\/private-user-images\.githubusercontent\.com\/[^\s"'<>]{1,4000}/g

const uuidIn = (url: string): string | null =>
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i.exec(url)?.[0]?.toLowerCase() ?? null

const unescaped = (html: string): string => html.replaceAll('&amp;', '&')

interface DownloadContext {
  readonly client: GithubClient
  readonly places: Places
  readonly origin: string
}

/** Where the text as HTML says that the file is, signed for a few minutes; null: it says nothing. */
const signedAddress = async (
  { client, places }: DownloadContext,
  ref: RemoteRef,
  commentId: string | null,
  url: string,
): Promise<string | null> => {
  const uuid = uuidIn(url)
  if (uuid === null) return null
  const { at } = await places.mustRead(ref)
  const path = commentId === null ? at.path : `${at.repository.path}/issues/comments/${commentId}`
  const response = await client.http.request({
    method: 'GET',
    path,
    headers: { accept: 'application/vnd.github.html+json' },
    accept: [404, 410],
  })
  if (response.status !== 200) return null
  const { body_html: html } = readAs(answers.html, response.json(), 'a text as HTML')
  return (
    unescaped(html ?? '')
      .match(SIGNED)
      ?.find((each) => each.toLowerCase().includes(uuid)) ?? null
  )
}

const ask = (client: GithubClient, path: string): Promise<HttpDownload> =>
  client.http.download({
    method: 'GET',
    path,
    headers: { accept: '*/*' },
    accept: [403, 404, 410],
    follow: true,
  })

export const download = async (
  context: DownloadContext,
  ref: RemoteRef,
  attachmentId: string,
): Promise<HttpDownload> => {
  const file = fileOf(attachmentId, context.origin)
  if (file === null) throw new RemoteFault('gone', `"${attachmentId.slice(0, 60)}" is no file of GitHub`)
  const first = await ask(context.client, file.url)
  if (first.status < 400) return first
  // What was refused is not read.
  for await (const _ of first.stream) break
  const signed = await signedAddress(context, ref, file.commentId, file.url)
  const second = signed === null ? null : await ask(context.client, signed)
  if (second !== null && second.status < 400) return second
  throw new RemoteFault(
    'gone',
    'GitHub does not give this file: it was deleted, or its repository is private and shows it to browsers only',
  )
}
