import type { Role } from '../../../src/domain/words.ts'
import type { Program } from './program.ts'

/** Somebody who can sign in. */
export interface Member {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
  /** Of a session of theirs, as a browser keeps it. */
  readonly cookie: { readonly name: string; readonly value: string }
}

export const PASSWORD = 'seven quiet harbours at dawn'

const NAMES: Readonly<Record<Role, string>> = {
  owner: 'Olga Okafor',
  admin: 'Amir Haddad',
  integrator: 'Ines Moreau',
  lead: 'Lena Lindqvist',
  agent: 'Anna Adeyemi',
  engineer: 'Eddie Engel',
  auditor: 'Aldo Ricci',
  'customer admin': 'Cleo Castell',
  customer: 'Carl Contreras',
}

const cookieOf = (answer: Response): Member['cookie'] => {
  const [pair = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';')
  const at = pair.indexOf('=')
  return { name: pair.slice(0, at), value: pair.slice(at + 1) }
}

/** Chooses a password with a one-time token, as the screen behind the invitation does. */
const enter = async (program: Program, body: Readonly<Record<string, string>>): Promise<Member['cookie']> => {
  const answer = await fetch(`${program.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-causeway-csrf': '1' },
    body: JSON.stringify({ password: PASSWORD, ...body }),
  })
  if (!answer.ok) throw new Error(`set-up: ${answer.status} ${await answer.text()}`)
  return cookieOf(answer)
}

export const makeOwner = async (program: Program): Promise<Member> => {
  const [, oneTimeToken = ''] = program.welcome.split('#token=')
  const [name, email] = [NAMES.owner, 'olga@harbour.example']
  const cookie = await enter(program, { oneTimeToken, name, email })
  const { items } = await program.api.get<{ items: readonly { id: string; email: string }[] }>('/people')
  const id = items.find((one) => one.email === email)?.id ?? ''
  return { id, name, email, password: PASSWORD, cookie }
}

/** Invites somebody of one role, and lets them in. At most ten a minute: more is what an attacker would try. */
export const makeMember = async (
  program: Program,
  role: Exclude<Role, 'owner'>,
  { customer = 'northwind', name = NAMES[role] }: { readonly customer?: string; readonly name?: string } = {},
): Promise<Member> => {
  const isCustomer = role === 'customer' || role === 'customer admin'
  const email = `${name.split(' ')[0]?.toLowerCase()}@${isCustomer ? customer : 'harbour'}.example`
  const made = isCustomer
    ? await program.api.post('/contacts', { customer, name, email, isAdmin: role === 'customer admin' })
    : await program.api.post('/people', { name, email, roles: [role] })
  const holder = isCustomer ? { contactId: made.id } : { personId: made.id }
  return enterAs(program, { ...holder, roles: [role], name, email })
}

/** Lets somebody in who is known already. */
export const enterAs = async (
  program: Program,
  who: { readonly roles: readonly Role[]; readonly name: string; readonly email: string } & (
    | { readonly personId: string }
    | { readonly contactId: string }
  ),
): Promise<Member> => {
  const { name, email, roles, ...holder } = who
  const asked = { name: `for ${name}`, roles, oneTime: true, ...holder }
  const { token } = await program.api.post<{ token: string }>('/tokens', asked)
  const cookie = await enter(program, { oneTimeToken: token })
  return { id: Object.values(holder)[0] ?? '', name, email, password: PASSWORD, cookie }
}

/** What a small company has before its first ticket. */
export const makeCompany = async ({ api }: Program, engineers: readonly string[] = []): Promise<void> => {
  await api.post('/teams', { key: 'harbour', name: 'Harbour team', members: engineers })
  await api.post('/products', { key: 'harbour', name: 'Harbour', team: 'harbour' })
  await api.post('/components', {
    product: 'harbour',
    key: 'export',
    name: 'Export',
    team: 'harbour',
  })
  await api.post('/customers', { key: 'northwind', name: 'Northwind Foods', tier: 'gold' })
  await api.post('/installations', {
    customer: 'northwind',
    product: 'harbour',
    environment: 'production',
    version: '4.2',
  })
}
