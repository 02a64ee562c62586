import type { SourceFile } from './read-imports.ts'
import {
  EQUAL_LENGTH_BY_MAKING,
  EXCEPTIONS,
  FOLDER_RULES,
  MAX_LINES,
  MAY_PUBLISH,
  PURE_NODE_MODULES,
  PURE_PACKAGES,
  READS_ENVIRONMENT,
  SHARED_BY_CONNECTORS,
  WALLS,
} from './rules.ts'

/** What one file does against the house's rules, a sentence each; empty when all is well. */
export const violationsOf = (file: SourceFile): readonly string[] => {
  const test = /\.test\.ts$/.test(file.path)
  return [
    ...(test ? [] : importViolations(file)),
    ...(test ? [] : wallViolations(file)),
    ...(test ? [] : purityViolations(file)),
    ...(test ? [] : environmentViolations(file)),
    ...(test ? [] : comparisonViolations(file)),
    ...typeViolations(file),
    ...lengthViolations(file),
  ]
}

const folderOf = (path: string): string => path.split('/')[0] ?? path

/** `connectors/redmine` of a path inside it, null for the files all connectors share. */
const connectorOf = (path: string): string | null => /^connectors\/([^/.]+)\//.exec(path)?.[1] ?? null

const importViolations = ({ path, imports }: SourceFile): readonly string[] => {
  const folder = folderOf(path)
  const rule = FOLDER_RULES[folder]
  if (rule === undefined)
    return [
      `src/${path}: the folder ${folder} is not in the table of test/architecture/rules.ts. Say there what it may import, and why.`,
    ]
  const outside = imports.filter((target) => folderOf(target) !== folder)
  const allowed = [
    ...rule.mayImport,
    ...EXCEPTIONS.filter(({ files }) => files.test(path)).flatMap(({ mayImport }) => mayImport),
  ]
  const foreign = outside
    .filter((target) => !allowed.some((one) => isBelow(target, one)))
    .map((target) => `src/${path} imports src/${target}: ${rule.because}`)
  return [...foreign, ...otherConnectors(path, imports)]
}

const isBelow = (target: string, allowed: string): boolean =>
  target === allowed || target === `${allowed}.ts` || target.startsWith(`${allowed}/`)

const wallViolations = ({ path, imports }: SourceFile): readonly string[] => [
  ...WALLS.filter(({ files }) => files.test(path)).flatMap(({ mayImport, because }) =>
    imports
      .filter((target) => !mayImport.some((one) => target.startsWith(one)))
      .map((target) => `src/${path} imports src/${target}: ${because}`),
  ),
  ...(imports.includes('domain/publish.ts') && !MAY_PUBLISH.test(path)
    ? [
        `src/${path} imports src/domain/publish.ts: only the portal and the letters say that customers may read something.`,
      ]
    : []),
]

const otherConnectors = (path: string, imports: readonly string[]): readonly string[] => {
  const own = connectorOf(path)
  if (own === null) return []
  return imports
    .filter((target) => folderOf(target) === 'connectors' && connectorOf(target) !== own)
    .filter((target) => !SHARED_BY_CONNECTORS.some(({ folder }) => folder === connectorOf(target)))
    .filter((target) => connectorOf(target) !== null || !/^connectors\/http[-a-z]*\.ts$/.test(target))
    .map(
      (target) =>
        `src/${path} imports src/${target}: a connector uses connectors/http and nothing of another connector, so that one can be changed or removed alone.`,
    )
}

const purityViolations = ({ path, packages, text }: SourceFile): readonly string[] => {
  const rule = FOLDER_RULES[folderOf(path)]
  if (rule?.pure !== true) return []
  const io = packages
    .filter((name) =>
      name.startsWith('node:') ? !PURE_NODE_MODULES.includes(name) : !PURE_PACKAGES.includes(name),
    )
    .filter((name) => !(folderOf(path) === 'commands' && name === 'kysely'))
  const clock = ['domain', 'sync', 'commands', 'configuration'].includes(folderOf(path))
    ? withoutComments(text)
    : ''
  return [
    ...io.map(
      (name) =>
        `src/${path} imports ${name}: ${rule.because} A package that only computes may be added to PURE_PACKAGES.`,
    ),
    ...[...clock.matchAll(/\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)/g)].map(
      ([call]) =>
        `src/${path} calls ${call}: time and chance come in as arguments, so that a test can say what they are.`,
    ),
  ]
}

const environmentViolations = ({ path, text }: SourceFile): readonly string[] =>
  READS_ENVIRONMENT.includes(path) || !/\bprocess\.env\b/.test(withoutComments(text))
    ? []
    : [
        `src/${path} reads process.env: what can be configured is exactly what config.ts reads; take it as an argument.`,
      ]

/** Names of what a sender must not learn letter by letter; a comparison with a literal or of lengths tells nothing. */
const SECRET_NAME = String.raw`[\w.]*(?:signature|digest|hmac|mac|token|secret)[\w.]*`
const COMPARED = new RegExp(
  String.raw`(?:\b(${SECRET_NAME})(?:\([^()]*\))?\s*[!=]==\s*([\w.]+)|\b([\w.]+)\s*[!=]==\s*(${SECRET_NAME})|\b(${SECRET_NAME})\.(?:equals|compare|localeCompare|startsWith)\()`,
  'gi',
)
const TELLS_NOTHING = /^(?:null|undefined|true|false|\d+)$|\.(?:length|size)$/

/** Signatures are compared by `timingSafeEqual` alone, and only where both sides are known to be of one length: else it throws. */
const comparisonViolations = ({ path, text }: SourceFile): readonly string[] => {
  if (!/\bcreateHmac\b|\bsignHook\b|\btimingSafeEqual\b/.test(text)) return []
  const code = withoutComments(text)
  const plainly = [...code.matchAll(COMPARED)]
    .filter(([, a, b, c, d]) => ![a, b, c, d].some((side) => side !== undefined && TELLS_NOTHING.test(side)))
    .map(
      ([compared]) =>
        `src/${path} compares a secret plainly (${compared}): how long it takes tells how much of it fits. Use timingSafeEqual.`,
    )
  const calls = [...code.matchAll(/[^\n]*\btimingSafeEqual\([^\n]*/g)].filter(
    ([line]) => !/^\s*import\b/.test(line),
  )
  const unmeasured = calls
    .filter(
      ([line]) => !/\.length === /.test(line) && !EQUAL_LENGTH_BY_MAKING.some((known) => path === known.path),
    )
    .map(
      () =>
        `src/${path} calls timingSafeEqual without comparing the lengths beside it: bytes of different lengths make it throw. Where they are equal by making, say why in EQUAL_LENGTH_BY_MAKING.`,
    )
  return [...plainly, ...unmeasured]
}

const typeViolations = ({ path, text }: SourceFile): readonly string[] => [
  ...[...text.matchAll(/@ts-(?:ignore|expect-error|nocheck)/g)].map(
    ([word]) => `src/${path} says ${word}: give the value its type, or read it with a check.`,
  ),
  ...[...withoutComments(text).matchAll(/(?::\s*|\bas\s+|<|\|\s*)any\b(?!['\w-])/g)].map(
    () => `src/${path} has the type any: use unknown and read it with a check.`,
  ),
]

const lengthViolations = ({ path, text }: SourceFile): readonly string[] => {
  const lines = text.replace(/\n$/, '').split('\n').length
  return lines > MAX_LINES
    ? [`src/${path} has ${lines} lines; a file has at most ${MAX_LINES}. It is two things: name both.`]
    : []
}

/** Comments and strings blanked, well enough to look for words of code. */
const withoutComments = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/(^|[^:])\/\/[^\n]*/g, '$1')
