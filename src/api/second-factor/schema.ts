import { Type } from 'typebox'
import { closed, line } from '../shapes.ts'

export const SecondFactorState = Type.Object({
  on: Type.Boolean(),
  recoveryCodesLeft: Type.Integer({ description: 'Of the ten that were shown.' }),
})
export const BegunSecondFactor = Type.Object({
  secret: Type.String({
    description: 'To type into an app that reads no picture. Shown now and never again.',
  }),
  uri: Type.String({ description: 'What the picture for the app holds.' }),
})
export const ConfirmedSecondFactor = Type.Object({
  recoveryCodes: Type.Array(Type.String(), {
    description: 'Each opens the door once. Shown now and never again.',
  }),
})
export const ConfirmSecondFactor = closed({ code: line(20) })
/** What weighs is proved again. */
export const PasswordProof = closed({ password: line(800) })
export const ResetSecondFactorBody = closed({ reason: line(500, 'Why, for the log and for them.') })
