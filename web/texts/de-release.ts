import type { enRelease } from './en-release.ts'

export const deRelease: typeof enRelease = {
  title: 'Release',
  tabs: { plan: 'Plan', contents: 'Was drin ist', waiting: 'Wer wartet' },
}
