import type { At, Nullable } from './columns.ts'

/** What came from git (migrations/0025): which commits there are, which releases reach them, which fixes that makes. */
export interface RepositoryTable {
  id: string
  product_id: string
  name: string
  created_at: At
}
export interface TraceCommitTable {
  id: string
  repository_id: string
  sha: string
  subject: string
  author: string
  authored_at: At
  /** What its message says, as it says it; `trace_key` and `trace_undo` hold what that means. */
  keys: readonly string[]
  reverts: readonly string[]
  picks: readonly string[]
  pull: Nullable<string>
}
export interface TraceKeyTable {
  commit_id: string
  key: string
}
export interface TraceUndoTable {
  commit_id: string
  undone_id: string
  /** On a line that has this commit, it alone was meant. */
  unless_id: Nullable<string>
}
export interface TraceLineTable {
  id: string
  repository_id: string
  /** Position of its last release. */
  head: number
}
export interface TraceReachTable {
  line_id: string
  commit_id: string
  position: number
  /** In the order of history, within the position. */
  place: number
}
export interface TraceReleaseTable {
  release_id: string
  repository_id: string
  sha: string
  line_id: string
  position: number
  basis_id: Nullable<string>
  /** Commits since the basis, with those that do not matter. */
  counted: number
  /** Of the tag or commit, as git says. */
  at: At
  traced_at: At
}
export interface TraceSpanTable {
  line_id: string
  key: string
  since: number
  until: Nullable<number>
  /** It was in the release that the line branched off from. */
  inherited: boolean
}

export interface TraceTables {
  repository: RepositoryTable
  trace_commit: TraceCommitTable
  trace_key: TraceKeyTable
  trace_undo: TraceUndoTable
  trace_line: TraceLineTable
  trace_reach: TraceReachTable
  trace_release: TraceReleaseTable
  trace_span: TraceSpanTable
}
