/** What builds contain. */
export const enPackages = {
  title: 'Packages',
  about: 'Which releases contain a package, and how many run them',
  name: 'Name begins with',
  version: 'Version',
  allReleases: 'All releases',
  none: 'No release that told what it contains has it',
  noneAbout: 'A name is looked for from its beginning, a version is exactly that one.',
  empty: 'No build has told what it contains',
  emptyAbout: 'Let the pipeline tell it: causeway releases contains 4.3 --bill sbom.json',
  noBills: 'Nobody told what is in its builds. A pipeline can, with the bill of materials that it makes:',
  command: 'Command',
  count: (packages: number) => (packages === 1 ? '1 package' : `${packages} packages`),
  formats: { cyclonedx: 'CycloneDX', spdx: 'SPDX', manifest: 'plain list' },
  told: 'told',
  noVersion: 'no version',
  runs: (installations: number, customers: number) =>
    installations === 0
      ? 'Nobody runs it'
      : `${installations === 1 ? '1 installation' : `${installations} installations`} of ${customers === 1 ? '1 customer' : `${customers} customers`}`,
}
