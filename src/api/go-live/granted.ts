import type { Command, Outcome } from '../../commands/run-command.ts'
import type { SignRelease } from '../../commands/sign-release.ts'
import { SUPPORT_ROLE } from '../../domain/go-live.ts'
import { type Refusal, refuse } from '../../domain/refusal.ts'
import { err, type Result } from '../../lib/result.ts'
import { signOffsOf } from '../../store/go-live.ts'
import { allows } from '../access.ts'
import type { Caller } from '../caller.ts'

/** Somebody signs for themselves, and for support only who belongs to it. */
export const signedBy =
  <T>(caller: Caller, command: Command<SignRelease, T>): Command<Omit<SignRelease, 'person'>, T> =>
  async (tx, context, input) => {
    if (input.role === SUPPORT_ROLE && !allows('go-live.sign-support', caller.roles))
      return err(
        refuse('not-allowed', 'Only support signs for support. Ask somebody there.', { field: '/role' }),
      )
    return asPerson(caller, (person) => command(tx, context, { ...input, person }))
  }

/** Whose signature it is takes it back; or who decides. */
export const unsignedBy =
  <T>(caller: Caller, command: Command<OfSignature, T>): Command<OfSignature, T> =>
  async (tx, context, input) => {
    const one = (await signOffsOf(tx, input.release)).find(({ role }) => role === input.role)
    const isOwn = one === undefined || one.person_id === caller.personId
    return isOwn || allows('go-live.decide', caller.roles)
      ? command(tx, context, input)
      : err(
          refuse('not-allowed', 'This is somebody else’s signature. Ask them, or a lead.', {
            field: '/role',
          }),
        )
  }

interface OfSignature {
  readonly release: string
  readonly role: string
}

/** With the person who asks; a token that stands for nobody cannot sign for anything. */
export const asPerson = async <T>(
  caller: Caller,
  then: (person: string) => Promise<Result<Outcome<T>, Refusal>>,
): Promise<Result<Outcome<T>, Refusal>> =>
  caller.personId === null
    ? err(refuse('not-allowed', 'A person signs, and this token stands for nobody.'))
    : then(caller.personId)
