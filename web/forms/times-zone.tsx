import { useTimeZone } from '../parts/time.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { zoneName } from './local-minute.ts'

/** Whose clock the times of a form are read by; a day planned with people elsewhere goes wrong without it. */
export const TimesZone = () => {
  const { environments } = useTexts()
  const zone = zoneName(useTimeZone())
  return <p className="quiet plain">{environments.zone(zone)}</p>
}
