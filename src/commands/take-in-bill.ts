import { readBill } from '../domain/bill/read-bill.ts'
import { refuse } from '../domain/refusal.ts'
import { err, ok } from '../lib/result.ts'
import { replaceBill } from '../store/bills.ts'
import { lockRelease } from '../store/releases.ts'
import { checkLine } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface TakeInBill {
  /** Id. */
  readonly release: string
  /** As the pipeline calls it; null: the release has one. */
  readonly build: string | null
  /** CycloneDX, SPDX 2, or a plain list, as JSON was read. */
  readonly document: unknown
}

/** What a build of a release contains, as its bill of materials says. Told again, the last one counts. */
export const takeInBill: Command<TakeInBill, { readonly id: string }> = async (
  tx,
  context,
  { release: ref, build: called, document },
) => {
  const build = called === null ? ok('') : checkLine(called, '/build')
  if (!build.ok) return build
  const bill = readBill(document)
  if (!bill.ok) return err(refuse('invalid', bill.error))
  // held: of two documents of one build at once, one takes the place of the other
  const release = await lockRelease(tx, ref)
  if (release === null) return unknown('release', ref, '/release')
  const id = context.newId()
  const { actor: by, now: at } = context
  await replaceBill(tx, { ...bill.value, id, releaseId: release.id, build: build.value, by, at })
  const { format, packages } = bill.value
  return done(
    { id },
    {
      events: [
        {
          kind: 'release.bill-told',
          record: { kind: 'release', id: release.id },
          data: { format, packages: packages.length, ...(build.value === '' ? {} : { build: build.value }) },
        },
      ],
      changed: [],
    },
  )
}
