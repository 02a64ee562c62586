import type { Api } from './program.ts'

interface Made {
  readonly key: string
}

const HOUR_MS = 3_600_000
const hour = (ahead: number): string => {
  const now = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
  return new Date(now + ahead * HOUR_MS).toISOString()
}
const PLANS = {
  implement: 'Scale the workers down, migrate, scale them up again.',
  test: 'Send ten alerts through the test tenant; the smoke test has to be green.',
  backOut: 'Restore the snapshot from before the window.',
}

/** A change that asks for keys, an emergency that owes them, a standard one, and a freeze that two of them meet. */
export const planChanges = async (owner: Api, bench: Api): Promise<void> => {
  await owner.post('/environments', {
    ...{
      key: 'beacon-prod',
      name: 'Beacon production',
      product: 'beacon',
      purpose: 'Live',
      isShareable: false,
    },
  })
  const shared = { product: 'beacon', components: ['alerts'], environments: ['beacon-prod'] }
  const normal = await bench.post<Made>('/changes', {
    ...{ ...shared, kind: 'normal', title: 'Move alerts to the new queue', plans: PLANS },
    ...{ reason: 'Alerts wait behind exports. A queue of their own ends that.', workItems: ['W-1'] },
    window: { from: hour(24), to: hour(27) },
  })
  await bench.post(`/changes/${normal.key}/assess`, {})
  await bench.post(`/changes/${normal.key}/ask`, {})
  const emergency = await bench.post<Made>('/changes', {
    ...{ ...shared, kind: 'emergency', title: 'Stop the memory leak of the mailer', displaces: ['W-1'] },
    ...{ reason: 'It ends every two hours.', window: { from: hour(25), to: hour(26) } },
  })
  await bench.post(`/changes/${emergency.key}/start`, { withoutKeys: 'Alerts are lost meanwhile.' })
  await owner.post('/change-models', { name: 'Renew a certificate', product: null, plans: PLANS })
  await owner.post('/freezes', {
    ...{ reason: 'End of the quarter', products: ['beacon'], from: hour(20), to: hour(60) },
  })
}
