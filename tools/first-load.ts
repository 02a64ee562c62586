import { gzipSync } from 'node:zlib'

/** A piece of built script, as far as what must be fetched with it is concerned. */
export interface Piece {
  readonly fileName: string
  readonly code: string
  /** Fetched with it at once; what is imported lazily is not among them. */
  readonly imports: readonly string[]
  readonly isEntry: boolean
  /** The source file it was asked for by, where it was. */
  readonly facadeModuleId: string | null
  readonly moduleIds: readonly string[]
}

/** What a browser fetches of script before the first screen of one kind of reader is there. */
export interface FirstLoad {
  readonly who: string
  /** Screens that are fetched beside the entry; the largest counts. */
  readonly screens: readonly RegExp[]
  readonly maxBytes: number
  /** Source files that this reader has no use for. */
  readonly never: RegExp | null
}

export const FIRST_LOADS: readonly FirstLoad[] = [
  {
    who: 'the app',
    screens: [/\/web\/parts\/staff-frame\.tsx$/, /\/web\/texts\/en\.ts$/],
    maxBytes: 450 * 1024,
    never: null,
  },
  {
    who: 'the portal',
    screens: [
      /\/web\/texts\/en-everyone\.ts$/,
      /\/web\/portal\/portal-frame\.tsx$/,
      /\/web\/portal\/(requests|request|new-request)\.tsx$/,
    ],
    maxBytes: 250 * 1024,
    never:
      /\/web\/(pages\/(?!home|not-found)|forms\/(?!form-dialog|named-fields)|parts\/(rail|palette|timeline|staff-frame)\.tsx|api\/(tickets|work-items)\.ts|texts\/(desk-texts|en)\.tsx?$)|\/node_modules\/(@tiptap|prosemirror|@dnd-kit)/,
  },
]

/** The pieces that are fetched at once with these. */
const withImports = (pieces: readonly Piece[], first: readonly Piece[]): ReadonlySet<Piece> => {
  const byName = new Map(pieces.map((piece) => [piece.fileName, piece]))
  const needed = new Set<Piece>()
  const need = (piece: Piece | undefined): void => {
    if (piece === undefined || needed.has(piece)) return
    needed.add(piece)
    for (const name of piece.imports) need(byName.get(name))
  }
  for (const piece of first) need(piece)
  return needed
}

export const measure = (
  pieces: readonly Piece[],
  { who, screens, maxBytes, never }: FirstLoad,
): { readonly who: string; readonly bytes: number; readonly problems: readonly string[] } => {
  const asked = screens.map((screen) => pieces.filter((piece) => screen.test(piece.facadeModuleId ?? '')))
  const missing = screens.filter((_, at) => asked[at]?.length === 0)
  const needed = withImports(pieces, [...pieces.filter(({ isEntry }) => isEntry), ...asked.flat()])
  const bytes = [...needed].reduce((sum, { code }) => sum + gzipSync(code).length, 0)
  const foreign = [...needed].flatMap(({ moduleIds }) => moduleIds.filter((id) => never?.test(id)))
  const kib = (count: number): string => `${Math.round(count / 1024)} KB`
  return {
    who,
    bytes,
    problems: [
      ...missing.map(
        (screen) => `Nothing was built for ${screen.source}: say in tools/first-load.ts where it is now.`,
      ),
      ...foreign.map(
        (id) => `${id} is fetched by ${who}, which has no use for it: import it lazily, or elsewhere.`,
      ),
      ...(bytes > maxBytes
        ? [
            `The first load of ${who} is ${kib(bytes)} of compressed script; the budget is ${kib(maxBytes)}. Load later what the first screen does not need.`,
          ]
        : []),
    ],
  }
}
