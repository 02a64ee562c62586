/** One release: its tabs, and what stands on them. */
export const enRelease = {
  title: 'Release',
  tabs: { plan: 'Plan', contents: 'What is in it', waiting: 'Who waits' },
}
