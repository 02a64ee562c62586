/** Every zone the browser knows, to choose from; one that is chosen already is among them. */
export const timeZones = (chosen: string | null): readonly string[] => {
  const known = Intl.supportedValuesOf('timeZone')
  const all = known.includes('UTC') ? known : ['UTC', ...known]
  return chosen === null || all.includes(chosen) ? all : [chosen, ...all]
}

/** Of this device. */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
