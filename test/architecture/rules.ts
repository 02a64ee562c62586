/**
 * Who may import whom in src/: the house's table as data, with the sentence that a violation is answered with. A folder
 * that is not named here fails the test, so a new one is a decision and not an accident.
 */
export interface FolderRule {
  /** Folders or files of src/ it may import, besides itself. */
  readonly mayImport: readonly string[]
  /** Whether it may speak to the machine: `node:` modules and packages that do IO. */
  readonly pure: boolean
  readonly because: string
}

/** Node modules without IO that even the pure folders may use: hashing and comparing bytes is arithmetic. */
export const PURE_NODE_MODULES: readonly string[] = ['node:crypto', 'node:util']

/** Packages that only compute. Anything else in a pure folder fails. */
export const PURE_PACKAGES: readonly string[] = [
  '@marcbachmann/cel-js',
  're2js',
  'typebox',
  'yaml',
  'unified',
  'mdast',
  'hast',
  'rehype-parse',
  'rehype-remark',
  'rehype-sanitize',
  'remark-gfm',
  'remark-parse',
  'remark-stringify',
]

export const FOLDER_RULES: Readonly<Record<string, FolderRule>> = {
  lib: {
    mayImport: [],
    pure: true,
    because: 'lib holds leaves without a noun of the project; it knows nothing of ours.',
  },
  domain: {
    mayImport: ['lib'],
    pure: true,
    because: 'domain decides with values alone: no IO, no clock, nothing above it.',
  },
  sync: {
    mayImport: ['domain', 'lib'],
    pure: true,
    because: 'sync merges and plans with values alone; store, connectors and worker use it, not the reverse.',
  },
  configuration: {
    mayImport: ['domain', 'sync', 'lib'],
    pure: true,
    because: 'configuration turns a text into values; who stores or runs them is above it.',
  },
  connectors: {
    mayImport: ['sync', 'domain', 'lib'],
    pure: false,
    because: 'a connector speaks to one tool and never to our database, so that it can be tested alone.',
  },
  store: {
    mayImport: ['domain', 'sync', 'lib'],
    pure: false,
    because: 'store is SQL and bytes only; what they mean is decided above it.',
  },
  commands: {
    mayImport: ['domain', 'sync', 'configuration', 'store', 'lib'],
    pure: true,
    because: 'a command is one transaction; calls to tools are the worker’s, answers to people the API’s.',
  },
  worker: {
    mayImport: [
      'mail',
      'commands',
      'domain',
      'git',
      'store',
      'sync',
      'connectors/registry',
      'connectors/open-tool',
      // the guarded way out, for ringing partners
      'connectors/http',
      // and for git, which goes out itself
      'connectors/pinned-host',
      'lib',
    ],
    pure: false,
    because: 'the worker reaches tools through the registry only and never answers people.',
  },
  mail: {
    mayImport: ['lib'],
    pure: false,
    because: 'mail hands letters to a mail server; what they say and to whom is decided above it.',
  },
  git: {
    mayImport: ['lib'],
    pure: false,
    because: 'git reads a repository; whom it tells is decided above it.',
  },
  identity: {
    mayImport: ['lib'],
    pure: false,
    because: 'identity asks a provider who somebody is; what that opens is decided by a command.',
  },
  api: {
    mayImport: [
      'commands',
      'store',
      'domain',
      'lib',
      'config',
      'configuration',
      'identity/identity',
      'sync/rich-text',
    ],
    pure: false,
    because: 'an edge parses, asks a command and shows; it never reaches a tool or the worker.',
  },
  cli: {
    mayImport: ['config', 'configuration', 'git', 'lib', 'start', 'store'],
    pure: false,
    because:
      'the command line is a client of the API; only backup, restore and migrate work on the database.',
  },
  demo: {
    mayImport: [
      'commands',
      'configuration',
      'connectors',
      'domain',
      'lib',
      'start',
      'store',
      'sync',
      'worker',
      'config',
    ],
    pure: false,
    because: 'the demo puts the parts together as start does; nothing imports it but start and main.',
  },
  start: {
    mayImport: [
      'mail',
      'identity',
      'api',
      'cli',
      'commands',
      'config',
      'configuration',
      'connectors/registry',
      'demo',
      'domain',
      'lib',
      'store',
      'sync',
      'worker',
    ],
    pure: false,
    because: 'start puts the parts together, and knows connectors by the registry.',
  },
  'config.ts': { mayImport: ['lib'], pure: true, because: 'config is the environment as one value.' },
  'main.ts': {
    mayImport: ['config', 'start'],
    pure: false,
    because: 'main is the process itself: environment, signals, exit code.',
  },
}

/** What single files may import besides their folder's own list. */
export interface Exception {
  readonly files: RegExp
  readonly mayImport: readonly string[]
  readonly because: string
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    files: /^api\/hooks\//,
    mayImport: ['connectors/registry', 'sync/connector'],
    because: 'who rings is known only to the connector, and a ring is answered at once.',
  },
  {
    files: /^api\/(deps|connections\/match-routes)\.ts$/,
    mayImport: ['sync/match-items'],
    because: 'which pairs fit is shown as the core says it.',
  },
]

/**
 * What customers are shown comes from files that cannot name anything internal: they may import this much of the folders
 * and nothing else. So a query that is written wrong there has nothing to leak.
 */
export const WALLS: readonly {
  readonly files: RegExp
  /** Files of src/, by how their paths begin. */
  readonly mayImport: readonly string[]
  readonly because: string
}[] = [
  {
    files: /^store\/portal\//,
    mayImport: [
      'store/portal/',
      'domain/',
      'lib/',
      'sync/rich-text/',
      'store/cursor.ts',
      'store/database.ts',
      'store/tickets-of-customer.ts',
    ],
    because: 'the portal reads its own views with its own rights, and knows no table of ours.',
  },
  {
    files: /^api\/portal\//,
    mayImport: [
      'api/portal/',
      'store/portal/',
      'store/events.ts',
      'store/tickets-of-customer.ts',
      'commands/',
      'domain/',
      'sync/rich-text/',
      'lib/',
      ...['answer', 'app', 'caller', 'deps', 'errors', 'page', 'record-shapes', 'shapes', 'times'].map(
        (name) => `api/${name}.ts`,
      ),
      'api/attachments/send-file.ts',
    ],
    because: 'customers are shown what the portal’s own store gives, and nothing that staff’s views hold.',
  },
]

/** Saying that customers may read something is said in few places, each to be looked at twice. */
export const MAY_PUBLISH = /^api\/(portal\/|letters\.ts$)/

/** Where what is compared in constant time has one length however it came: nothing to check beside the call. */
export const EQUAL_LENGTH_BY_MAKING: readonly { readonly path: string; readonly because: string }[] = [
  {
    path: 'connectors/gitlab/webhook.ts',
    because: 'both sides are hashed first, or a pattern lets just 32 bytes in base64 through.',
  },
  {
    path: 'connectors/request-tracker/webhook.ts',
    because: 'a pattern lets exactly 64 hexadecimal digits through.',
  },
  {
    path: 'connectors/atlassian/webhook.ts',
    because: 'a pattern lets exactly 64 hexadecimal digits through, and of a token the length is compared.',
  },
  { path: 'connectors/azure-devops/webhook.ts', because: 'both sides are hashed first.' },
  { path: 'connectors/freshservice/webhook.ts', because: 'both sides are hashed first.' },
  { path: 'lib/same-secret.ts', because: 'both sides are hashed first.' },
  {
    path: 'domain/ci/verify.ts',
    because: 'a pattern lets just 64 hexadecimal digits through.',
  },
  { path: 'connectors/rest/webhook.ts', because: 'both sides are hashed first, or the length was compared.' },
]

/** Folders of src/connectors that are no connector: what two of one vendor's share, so that neither imports the other. */
export const SHARED_BY_CONNECTORS: readonly { readonly folder: string; readonly because: string }[] = [
  { folder: 'atlassian', because: 'Jira as a tracker and as a desk is one tool with one API.' },
]

/** The only readers of the environment: the two programs' rims hand it to `readConfig`. */
export const READS_ENVIRONMENT: readonly string[] = ['main.ts', 'cli/terminal.ts', 'cli/commands/start.ts']

/** Lines that a file of src/ may have; beyond it, it is two files. */
export const MAX_LINES = 400

/** What the web app may know of the server, and what stands in one place of it only. */
export const WEB_RULES = {
  /** Folders that compute with values alone, and so do in a browser. */
  mayUse: ['src/domain/', 'src/lib/'],
  /** Shapes of what the API takes and gives: as types, since a browser checks no schema. */
  mayUseTypesOf: [/^src\/api\/(.+\/)?schema\.ts$/, /^src\/api\/(record-shapes|access|errors)\.ts$/],
  because: 'the browser knows the API by its types and the domain by its rules, and nothing behind them.',
  /** What customers load knows nothing of the desk's questions and screens. */
  portal: {
    files: /^web\/(portal\/|api\/portal\.ts)/,
    never:
      /^web\/(api\/(tickets|timeline|work-items|search|organisation|events-of|tokens)|pages\/|forms\/|parts\/(palette|rail|timeline|staff-frame)|texts\/(desk-texts|en|de))\b.*\.tsx?$/,
    because: 'customers fetch nothing of the desk, neither its answers nor its script.',
  },
  onlyIn: [
    {
      pattern: /dangerouslySetInnerHTML|\.innerHTML\b|\beval\(|new Function\(/,
      files: /^$/,
      because: 'people’s words become elements in web/parts/markdown.tsx and never HTML.',
    },
    {
      pattern: /\bfetch\(/,
      files: /^web\/api\/client\.ts$/,
      because: 'requests go through web/api/client.ts, which adds what each of them needs.',
    },
    {
      pattern: /\b(label|title|placeholder|description|aria-label)="[^"]*[A-Za-z]/,
      files: /^$/,
      because: 'every text stands in web/texts, or one language lacks it.',
    },
    {
      pattern: /['"`]\/(tickets|work-items|my-move|sign-in|welcome)\b/,
      files: /^web\/(paths\.ts|router\.tsx|api\/.+)$/,
      because: 'addresses of screens are made in web/paths.ts.',
    },
  ],
} as const
