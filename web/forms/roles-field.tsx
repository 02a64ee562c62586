import { Checkbox } from '@mantine/core'
import { STAFF_ROLES } from '../../src/domain/words.ts'
import styles from '../parts/managed-list.module.css'
import { useTexts } from '../texts/desk-texts.tsx'

export type StaffRole = (typeof STAFF_ROLES)[number]

/** The first words of the lists are of colleagues: whoever has a customer's role is a contact. */
export const staffRolesOf = (roles: readonly string[]): readonly StaffRole[] =>
  STAFF_ROLES.filter((role) => roles.includes(role))

/** One or several roles, each with what it opens; one that cannot be given says why. */
export const RolesField = ({
  label,
  about,
  value,
  set,
  reasonAgainst,
}: {
  readonly label: string
  readonly about?: string
  readonly value: readonly StaffRole[]
  readonly set: (roles: readonly StaffRole[]) => void
  /** Why this role cannot be turned on or off here; null: it can. */
  readonly reasonAgainst: (role: StaffRole) => string | null
}) => {
  const texts = useTexts()
  return (
    <Checkbox.Group
      label={label}
      description={about}
      value={[...value]}
      onChange={(chosen) => set(staffRolesOf(chosen))}
    >
      <div className={styles.roles}>
        {STAFF_ROLES.map((role) => {
          const reason = reasonAgainst(role)
          return (
            <Checkbox
              key={role}
              size="xs"
              value={role}
              disabled={reason !== null}
              label={texts.words.role[role]}
              description={reason ?? texts.people.roleAbout[role]}
            />
          )
        })}
      </div>
    </Checkbox.Group>
  )
}
