import { afterEach, describe, expect, it } from 'vitest'
import { openTool } from '../open-tool.ts'
import { azureClient } from './client.ts'
import { startAzureFake } from './fake.ts'
import { azureDevops } from './index.ts'
import { uploadFile } from './upload.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

const bytesOf = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, index) => index % 251)
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const started = async () => {
  const fake = await startAzureFake()
  const http = openTool(azureDevops, fake.settings, { now: () => new Date(), allowPrivate: [fake.address] })
  open.push(fake.close, http.close)
  return { fake, client: azureClient(http, '7.1') }
}

const file = (size: number) =>
  ({
    op: 'attach',
    ref: { id: '1' },
    name: 'large.bin',
    mediaType: 'application/octet-stream',
    size,
    sha256: '',
    visibility: 'public',
  }) as const

describe('a file larger than one call takes', () => {
  it.each([
    [1_000, 64],
    [1_000, 333],
    [1_024, 256],
    [257, 1_000],
  ])('goes in pieces that follow each other: %i bytes read by %i', async (size, chunk) => {
    const { fake, client } = await started()
    const bytes = bytesOf(size)
    const limits = { inOneCall: 100, piece: 256 }
    const { id } = await uploadFile(client, 'Tailspin', file(size), inChunks(bytes, chunk), limits)
    expect(Buffer.from(fake.state.uploads.get(id)?.bytes ?? []).equals(bytes)).toBe(true)
  })

  it('is not attached when fewer bytes came than were promised', async () => {
    const { client } = await started()
    const limits = { inOneCall: 100, piece: 256 }
    const work = uploadFile(client, 'Tailspin', file(2_000), inChunks(bytesOf(1_000), 100), limits)
    await expect(work).rejects.toMatchObject({ kind: 'down' })
  })
})
