import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { BlobReading } from '../../store/blobs.ts'
import { contentDisposition } from './content-disposition.ts'

/** A file from outside leaves as bytes to keep, in a sandbox: whatever it says it is, no browser runs it as ours. */
export const sendFile = (reply: FastifyReply, name: string, blob: BlobReading): FastifyReply =>
  reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', contentDisposition(name))
    .header('content-length', blob.size)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(Readable.from(blob.stream))
