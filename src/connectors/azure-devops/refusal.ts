import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { answers } from './schema.ts'

/** Which field a refusal is about. A broken rule names it; other refusals only in a sentence. */

export const STANDARD: Readonly<Partial<Record<string, ToolField>>> = {
  'System.Title': 'title',
  'System.Description': 'description',
  'Microsoft.VSTS.TCM.ReproSteps': 'description',
  'System.State': 'status',
  'System.WorkItemType': 'type',
  'System.TeamProject': 'container',
  'System.AreaPath': 'component',
  'System.AreaId': 'component',
  'System.IterationPath': 'release',
  'System.IterationId': 'release',
  'System.AssignedTo': 'owner',
  'System.CreatedBy': 'requester',
  'System.Tags': 'labels',
  'Microsoft.VSTS.Common.Priority': 'priority',
  'Microsoft.VSTS.Scheduling.DueDate': 'due',
}

/** Reference and display name of a field. */
export interface FieldName {
  readonly referenceName: string
  readonly name: string
}

const standardOf = (reference: string): ToolField | null =>
  Object.hasOwn(STANDARD, reference) ? (STANDARD[reference] ?? null) : null

/** `name`: a reference name, or as people read it. */
const fieldNamed = (name: string, known: readonly FieldName[]): ToolField | null => {
  const plain = name.toLowerCase()
  const found = known.find(
    (one) => one.referenceName.toLowerCase() === plain || one.name.toLowerCase() === plain,
  )
  const reference = found?.referenceName ?? name
  return standardOf(reference) ?? (found === undefined ? null : `cf:${found.name}`)
}

/** `field 'Assigned To'`, `field Severity.`, `Cannot find field Custom.Key.` */
const IN_WORDS = [/\bfield\s+'([^']{1,128})'/i, /\bfield\s+"([^"]{1,128})"/i, /\bfield\s+([\w.]{1,128}\w)/i]

export const fieldOfSentence = (sentence: string, known: readonly FieldName[]): ToolField | null => {
  for (const pattern of IN_WORDS) {
    const name = pattern.exec(sentence)?.[1]
    const field = name === undefined ? null : fieldNamed(name, known)
    if (field !== null) return field
  }
  return null
}

export interface Refused {
  readonly sentence: string
  readonly typeKey: string
  readonly broken: readonly string[]
}

export const readRefusal = (body: unknown): Refused => {
  if (!answers.refusal.Check(body)) return { sentence: '', typeKey: '', broken: [] }
  const rules = body.customProperties?.RuleValidationErrors ?? []
  return {
    sentence: (body.message ?? '').slice(0, 300),
    typeKey: body.typeKey ?? '',
    broken: rules.slice(0, 20).flatMap((rule) => rule.fieldReferenceName ?? []),
  }
}

/** `written`: what the refused call set; its fields count before others that a rule drew in. */
export const refusalFault = (
  refused: Refused,
  written: readonly ToolField[],
  known: readonly FieldName[],
): RemoteFault => {
  const named = refused.broken.flatMap((name) => fieldNamed(name, known) ?? [])
  const field =
    named.find((one) => written.includes(one)) ??
    named[0] ??
    fieldOfSentence(refused.sentence, known) ??
    (written.length === 1 ? (written[0] ?? null) : null)
  const why = refused.sentence === '' ? 'it does not say why' : refused.sentence
  return new RemoteFault('invalid', `Azure DevOps refuses: ${why}`, { field })
}
