import type { Estimate } from './release.ts'

/** What those who follow a release are told of it, each with what it says. */
export type ReleaseNews =
  | { readonly kind: 'estimated'; readonly data: { readonly from: Estimate; readonly to: Estimate } }
  | {
      readonly kind: 'decided'
      readonly data: { readonly decision: 'go' | 'no-go'; readonly reason: string | null }
    }
  | { readonly kind: 'released' | 'withdrawn'; readonly data: Readonly<Record<string, never>> }

export type NewsKind = ReleaseNews['kind']
