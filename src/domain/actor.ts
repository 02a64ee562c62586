/** Who asks. Every command has an actor, and every event keeps it. */
export type Actor =
  | { readonly kind: 'person'; readonly id: string; readonly name: string }
  | { readonly kind: 'contact'; readonly id: string; readonly name: string }
  /** Something that came from a tool; `name` is the author there, when known. */
  | { readonly kind: 'connection'; readonly id: string; readonly name: string }
  /** Another company's Causeway. */
  | { readonly kind: 'partner'; readonly id: string; readonly name: string }
  /** A token that stands for no person, e.g. the installer's. */
  | { readonly kind: 'token'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly id: 'system'; readonly name: 'Causeway' }

export const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'Causeway' }
