import { Checkbox, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FACTOR_ROLES, IDLE_DAYS, SESSION_DAYS } from '../../src/domain/settings.ts'
import { type Settings, type SettingsChange, useChangeSettings } from '../api/administration.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Card } from '../parts/card.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { timeZones } from '../parts/time-zones.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { LANGUAGES } from '../texts/texts.tsx'

interface Edited {
  readonly settings: Settings
  /** Why nothing can be changed; null: it can. */
  readonly reason: string | null
}

const useSaving = () => {
  const { settings } = useTexts()
  const change = useChangeSettings()
  return {
    ...change,
    save: (set: SettingsChange) =>
      change.mutate(set, { onSuccess: () => tell({ text: settings.saved, tone: 'good' }) }),
  }
}

export const OrganisationSettings = ({ settings, reason }: Edited) => {
  const texts = useTexts()
  const words = texts.settings.organisation
  const [name, setName] = useState(settings.name ?? '')
  const [language, setLanguage] = useState(settings.language)
  const [timeZone, setTimeZone] = useState(settings.timeZone)
  const [namesForCustomers, setNames] = useState(settings.namesForCustomers)
  const saving = useSaving()
  const isLocked = reason !== null
  return (
    <Card title={words.title} about={words.about}>
      <TextInput
        label={words.name}
        maxLength={200}
        readOnly={isLocked}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={words.language}
        placeholder={texts.settings.asDevice}
        clearable={!isLocked}
        readOnly={isLocked}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        value={language}
        onChange={(value) => setLanguage(value === 'de' || value === 'en' ? value : null)}
      />
      <Select
        label={words.timeZone}
        placeholder={texts.settings.asDevice}
        searchable
        clearable={!isLocked}
        readOnly={isLocked}
        limit={100}
        data={[...timeZones(timeZone)]}
        value={timeZone}
        onChange={setTimeZone}
      />
      <Switch
        label={words.names}
        description={words.namesAbout}
        disabled={isLocked}
        checked={namesForCustomers}
        onChange={(event) => setNames(event.currentTarget.checked)}
      />
      <FormProblem error={saving.error} />
      <ActionButton
        variant="filled"
        label={texts.settings.save}
        reason={reason}
        loading={saving.isPending}
        run={() =>
          saving.save({
            ...{ language, timeZone, namesForCustomers },
            name: name.trim() === '' ? null : name.trim(),
          })
        }
      />
    </Card>
  )
}

export const SignInSettings = ({ settings, reason }: Edited) => {
  const texts = useTexts()
  const words = texts.settings.signIn
  const [roles, setRoles] = useState<readonly string[]>(settings.secondFactorFor)
  const [sessionDays, setSessionDays] = useState<number | string>(settings.sessionDays)
  const [idleDays, setIdleDays] = useState<number | string>(settings.idleDays)
  const saving = useSaving()
  const isLocked = reason !== null
  return (
    <Card title={words.title} about={words.about}>
      <Checkbox.Group
        label={words.factor}
        description={words.factorAbout}
        value={[...roles]}
        onChange={(chosen) => (isLocked ? undefined : setRoles(chosen))}
      >
        {FACTOR_ROLES.map((role) => (
          <Checkbox
            key={role}
            mt={8}
            size="sm"
            value={role}
            disabled={isLocked}
            label={texts.words.role[role]}
          />
        ))}
      </Checkbox.Group>
      <NumberInput
        label={words.sessionDays}
        description={words.days(SESSION_DAYS.min, SESSION_DAYS.max)}
        {...SESSION_DAYS}
        allowDecimal={false}
        readOnly={isLocked}
        value={sessionDays}
        onChange={setSessionDays}
      />
      <NumberInput
        label={words.idleDays}
        description={words.days(IDLE_DAYS.min, IDLE_DAYS.max)}
        {...IDLE_DAYS}
        allowDecimal={false}
        readOnly={isLocked}
        value={idleDays}
        onChange={setIdleDays}
      />
      <p className="plain quiet">{words.openOnes}</p>
      <FormProblem error={saving.error} />
      <ActionButton
        variant="filled"
        label={texts.settings.save}
        reason={reason}
        loading={saving.isPending}
        run={() =>
          saving.save({
            secondFactorFor: FACTOR_ROLES.filter((role) => roles.includes(role)),
            sessionDays: Number(sessionDays),
            idleDays: Number(idleDays),
          })
        }
      />
    </Card>
  )
}
