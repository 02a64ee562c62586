import type { Operation, Receipt, Session } from '../../../src/sync/connector.ts'
import { codecs } from '../../../src/sync/rich-text/index.ts'
import type { Snapshot } from '../../../src/sync/snapshot.ts'

/**
 * The suite's comments are plain words, and Jira Cloud's are documents: words become a document on the way in, and a
 * document its words on the way out, by the codecs that the sync uses. Descriptions stay documents.
 */
export const inWords = (session: Session): Session => ({
  ...session,
  fetch: async (ref) => {
    const found = await session.fetch(ref)
    return found === 'gone' ? found : shown(found)
  },
  push: async (operation, key, content) => said(await session.push(written(operation), key, content)),
})

const written = (operation: Operation): Operation =>
  operation.op === 'comment.add' || operation.op === 'comment.edit'
    ? { ...operation, text: codecs.adf.write(codecs.plain.read(operation.text)) }
    : operation

const shown = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  comments:
    snapshot.comments?.map((one) => ({ ...one, text: codecs.plain.write(codecs.adf.read(one.text)) })) ??
    null,
})

const said = (receipt: Receipt): Receipt => ({
  ...receipt,
  snapshot: receipt.snapshot === null ? null : shown(receipt.snapshot),
})
