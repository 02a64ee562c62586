/** Was der Server zu Stücklisten sagt (siehe de-sentences.ts). */
export const dePackageSentences: Readonly<Record<string, string>> = {
  'A bill of materials is a JSON object.': 'Eine Stückliste ist ein JSON-Objekt.',
  'SPDX 3 is not read yet: let the tool write SPDX 2.3 or CycloneDX.':
    'SPDX 3 wird noch nicht gelesen: lassen Sie das Werkzeug SPDX 2.3 oder CycloneDX schreiben.',
  'This is no bill of materials: send CycloneDX or SPDX 2 as JSON, or an object with “packages”, each with a name and a version.':
    'Das ist keine Stückliste: schicken Sie CycloneDX oder SPDX 2 als JSON, oder ein Objekt mit „packages“, jedes mit Name und Version.',
  'The document names no package.': 'Das Dokument nennt kein Paket.',
  'The document names {0} packages; {1} are the most.': 'Das Dokument nennt {0} Pakete; höchstens {1} gehen.',
}
