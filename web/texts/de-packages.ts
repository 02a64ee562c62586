import type { enPackages } from './en-packages.ts'

export const dePackages: typeof enPackages = {
  title: 'Pakete',
  about: 'Welche Releases ein Paket enthalten, und wie viele sie einsetzen',
  name: 'Name beginnt mit',
  version: 'Version',
  allReleases: 'Alle Releases',
  none: 'Kein Release, das seinen Inhalt gemeldet hat, enthält es',
  noneAbout: 'Ein Name wird vom Anfang an gesucht, eine Version ist genau diese.',
  empty: 'Noch kein Build hat gemeldet, was er enthält',
  emptyAbout: 'Lassen Sie es die Pipeline melden: causeway releases contains 4.3 --bill sbom.json',
  noBills: 'Niemand hat gemeldet, was in seinen Builds ist. Eine Pipeline kann das, mit ihrer Stückliste:',
  command: 'Befehl',
  count: (packages) => (packages === 1 ? '1 Paket' : `${packages} Pakete`),
  formats: { cyclonedx: 'CycloneDX', spdx: 'SPDX', manifest: 'einfache Liste' },
  told: 'gemeldet',
  noVersion: 'ohne Version',
  runs: (installations, customers) =>
    installations === 0
      ? 'Niemand setzt es ein'
      : `${installations === 1 ? '1 Installation' : `${installations} Installationen`} bei ${customers === 1 ? '1 Kunden' : `${customers} Kunden`}`,
}
