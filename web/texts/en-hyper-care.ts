/** The hours after a release came out. */
export const enHyperCare = {
  title: 'Hyper-care',
  running: (hours: number) => `Contacts since it came out, looked at for ${hours} hours.`,
  over: (hours: number) => `Contacts in the ${hours} hours after it came out.`,
  none: 'No contacts, neither now nor before.',
  off: 'No hours are watched for this product.',
  nowhere: 'No component said',
  contacts: (count: number) => (count === 1 ? '1 contact' : `${count} contacts`),
  before: (median: number, before: string) => `${median} in the same hours before (${before})`,
  uplift: (ratio: number) => `× ${ratio}`,
  jumped: 'Jumped',
  asBefore: 'As before',
  dismissed: (name: string) => `Judged harmless by ${name}`,
  dismiss: 'It is nothing',
  dismissDone: 'Noted.',
  reopen: 'It is something',
}
