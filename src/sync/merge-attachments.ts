import { isSeenBy, type Party } from '../domain/audience.ts'
import { sayHold } from '../domain/hold-words.ts'
import type { Capabilities } from './connector.ts'
import type { HubAttachment } from './hub-view.ts'
import type { AudienceMapping } from './mapping.ts'
import { visibilityFor } from './merge-comments.ts'
import type { Element } from './mirror-base.ts'
import type { ElementChange, Hold, HubAttachmentChange, PlannedOperation } from './plan.ts'
import type { RemoteRef, SnapshotAttachment } from './snapshot.ts'

/**
 * Files, as a set of identified elements like comments. They never change, they only come and go. A listing that
 * failed (null) is no reason to delete anything.
 */
export interface AttachmentsInput {
  readonly ref: RemoteRef
  readonly party: Exclude<Party, 'customer'>
  readonly mapping: AudienceMapping
  readonly capabilities: Capabilities
  readonly hub: readonly HubAttachment[]
  readonly tool: readonly SnapshotAttachment[] | null
  readonly elements: readonly Element[]
}

export interface AttachmentsPlan {
  readonly toHub: HubAttachmentChange[]
  readonly toTool: PlannedOperation[]
  readonly elements: ElementChange[]
  readonly holds: Hold[]
}

const fieldOf = (id: string): string => `attachment:${id}`

export const mergeAttachments = (input: AttachmentsInput): AttachmentsPlan => {
  const plan: AttachmentsPlan = { toHub: [], toTool: [], elements: [], holds: [] }
  const known = new Map(
    input.elements.flatMap((element) =>
      element.remoteId === null ? [] : [[element.remoteId, element] as const],
    ),
  )
  if (input.capabilities.attachments.read)
    for (const theirs of input.tool ?? []) takeIn(theirs, known.get(theirs.id), input, plan)
  if (input.tool !== null) findVanished(input, plan)
  const byOurs = new Map(input.elements.map((element) => [element.elementId, element]))
  for (const ours of input.hub) sendOut(ours, byOurs.get(ours.id), input, plan)
  return plan
}

const takeIn = (
  theirs: SnapshotAttachment,
  element: Element | undefined,
  input: AttachmentsInput,
  plan: AttachmentsPlan,
): void => {
  if (element !== undefined) {
    if (element.state === 'gone there') comeBack(element, input, plan)
    return
  }
  if (theirs.visibility === 'unknown') {
    plan.holds.push({
      field: fieldOf(theirs.id),
      code: 'unknown-visibility',
      ...sayHold('file-visibility', { name: theirs.name }),
      value: theirs.name,
    })
    return
  }
  plan.toHub.push({
    change: 'add',
    from: theirs,
    audience: theirs.visibility === 'public' ? input.mapping.public : input.mapping.internal,
  })
}

const comeBack = (element: Element, input: AttachmentsInput, plan: AttachmentsPlan): void => {
  plan.elements.push({ elementId: element.elementId, set: { state: 'live' } })
  const ours = input.hub.find((file) => file.id === element.elementId)
  if (element.origin === 'tool' && ours?.state === 'deleted')
    plan.toHub.push({ change: 'restore', elementId: element.elementId })
}

const findVanished = (input: AttachmentsInput, plan: AttachmentsPlan): void => {
  const there = new Set(input.tool?.map((attachment) => attachment.id))
  for (const element of input.elements) {
    if (element.state !== 'live' || element.remoteId === null || there.has(element.remoteId)) continue
    plan.elements.push({ elementId: element.elementId, set: { state: 'gone there' } })
    if (element.origin === 'tool') plan.toHub.push({ change: 'delete', elementId: element.elementId })
  }
}

const sendOut = (
  ours: HubAttachment,
  element: Element | undefined,
  input: AttachmentsInput,
  plan: AttachmentsPlan,
): void => {
  const { attachments } = input.capabilities
  const visibility = visibilityFor(ours.audience, input.mapping, input.capabilities)
  const meant = ours.state === 'stored' && isSeenBy(ours.audience, input.party) && visibility !== null
  // withdrawn and meant again: a new copy
  if (element === undefined || (element.state === 'withdrawn' && meant)) {
    if (!meant || !attachments.write || ours.sha256 === null || ours.size === null) return
    if (ours.size > attachments.maxBytes) {
      plan.holds.push({
        field: fieldOf(ours.id),
        code: 'too-large',
        ...sayHold('file-too-large', {
          name: ours.name,
          bytes: String(ours.size),
          most: String(attachments.maxBytes),
        }),
        value: ours.name,
      })
      return
    }
    plan.toTool.push({
      operation: {
        op: 'attach',
        ref: input.ref,
        name: ours.name,
        mediaType: ours.mediaType,
        size: ours.size,
        sha256: ours.sha256,
        visibility,
      },
      fields: [],
      status: null,
      element: { id: ours.id, baseHub: ours.sha256, amends: false, withdraws: false },
      link: null,
    })
    return
  }
  const isThere =
    input.tool === null ? element.state === 'live' : input.tool.some((file) => file.id === element.remoteId)
  if (!isThere || element.remoteId === null || element.state === 'gone there' || element.origin === 'tool')
    return
  // no tool changes a file's visibility: the old copy goes, then a new one comes
  const misplaced = element.visibility !== null && visibility !== null && element.visibility !== visibility
  if (ours.state !== 'deleted' && isSeenBy(ours.audience, input.party) && !misplaced) return
  if (attachments.delete) {
    plan.toTool.push({
      operation: { op: 'detach', ref: input.ref, attachmentId: element.remoteId },
      fields: [],
      status: null,
      element: { id: ours.id, baseHub: 'withdrawn', amends: false, withdraws: true },
      link: null,
    })
    return
  }
  plan.holds.push({
    field: fieldOf(ours.id),
    code: 'cannot-withdraw',
    ...sayHold('file-cannot-withdraw', { name: ours.name }),
    value: ours.name,
  })
}
