import type { HoldCause, HoldWords } from '../../src/domain/hold-words.ts'

const words = (
  reason: HoldWords['reason'] | string,
  nextStep: HoldWords['nextStep'] | string,
): HoldWords => ({
  reason: typeof reason === 'string' ? () => reason : reason,
  nextStep: typeof nextStep === 'string' ? () => nextStep : nextStep,
})

/** Warum ein Feld wartet; die englischen Worte stehen bei den Ursachen selbst. */
export const deHolds: Readonly<Record<HoldCause, HoldWords>> = {
  'not-taken': words(
    ({ toolField }) =>
      `Das Werkzeug hat gut geantwortet und zeigt doch noch den alten Wert von ${toolField}.`,
    'Dort die Rechte des Kontos, den Ablauf und die erlaubten Werte prüfen.',
  ),
  'no-transition': words(
    ({ from, to }) => `Das Werkzeug erlaubt unserem Konto keinen Weg von „${from}“ nach „${to}“.`,
    ({ state }) =>
      `Den Übergang im Ablauf des Werkzeugs erlauben oder die Statusregel für „${state}“ ändern.`,
  ),
  'unknown-status': words(
    ({ status }) => `Das Werkzeug zeigt den Status „${status}“, den die Zuordnung nicht nennt.`,
    ({ status }) => `„${status}“ zu den Status der Zuordnung hinzufügen.`,
  ),
  breaker: words(
    'Dieses Feld ging in zehn Minuten zu oft hin und her: jemand oder etwas im Werkzeug ändert immer wieder, was von hier geschrieben wird.',
    'Herausfinden, was es dort schreibt; das Feld nur in eine Richtung gehen lassen oder seinen Wert entscheiden, dann neu abgleichen.',
  ),
  'file-visibility': words(
    ({ name }) =>
      `Das Werkzeug sagt nicht, wer die Datei „${name}“ sehen darf; darum wird sie nicht weitergegeben.`,
    'Sie noch einmal an einen Kommentar hängen, dessen Sichtbarkeit bekannt ist.',
  ),
  'file-too-large': words(
    ({ name, bytes, most }) => `„${name}“ hat ${bytes} Bytes; das Werkzeug nimmt ${most}.`,
    'Einen Link darauf schicken oder die Grenze des Werkzeugs und der Verbindung anheben.',
  ),
  'file-cannot-withdraw': words(
    ({ name }) =>
      `„${name}“ ist nicht mehr für die Leser des Werkzeugs bestimmt, das uns keine Dateien löschen lässt.`,
    'Sie dort von Hand entfernen, dann ist es hier erledigt.',
  ),
  'value-unknown-here': words(
    ({ toolField, value, field }) =>
      `${toolField} „${value}“ hat hier keine Entsprechung in der Wertetabelle von ${field}.`,
    ({ value, field }) => `„${value}“ zu den Werten von ${field} in der Zuordnung hinzufügen.`,
  ),
  'value-unknown-there': words(
    ({ value, field }) => `${field} „${value}“ hat dort keine Entsprechung in der Wertetabelle von ${field}.`,
    ({ value, field }) => `„${value}“ zu den Werten von ${field} in der Zuordnung hinzufügen.`,
  ),
  'person-unknown-here': words(
    ({ toolField, value }) =>
      `${toolField} nennt dort „${value}“, und zu diesem Konto ist keine E-Mail-Adresse bekannt.`,
    ({ value }) => `„${value}: seine E-Mail-Adresse“ zu den Personen der Zuordnung hinzufügen.`,
  ),
  'person-unknown-there': words(
    ({ value }) =>
      `${value} hat dort kein Konto, das bekannt wäre, oder mehrere mit derselben E-Mail-Adresse.`,
    'In den Personen der Zuordnung angeben, welches Konto es ist, oder die Person dort einladen.',
  ),
  'cannot-write': words(
    ({ toolField }) => `Das Werkzeug lässt ${toolField} nicht von hier schreiben.`,
    ({ field }) => `${field} nur hereinkommen lassen oder einem Feld zuordnen, das sich schreiben lässt.`,
  ),
  'not-shown': words(
    ({ toolField }) =>
      `Die andere Seite zeigt uns ${toolField} nicht; darum bleibt, was hier steht, wie es ist.`,
    ({ field }) => `Sie um die Freigabe bitten oder ${field} aus der Zuordnung nehmen.`,
  ),
  'comment-visibility': words(
    'Das Werkzeug sagt nicht, wer diesen Kommentar sehen darf; darum wird er nicht weitergegeben.',
    'Seine Sichtbarkeit im Werkzeug setzen oder ihn neu schreiben.',
  ),
  'comment-widened': words(
    ({ audience }) =>
      `Jemand hat unseren Kommentar („${audience}“) im Werkzeug öffentlich gemacht; hier bleibt er „${audience}“.`,
    'Ihn dort wieder intern machen oder hier ändern, für wen er ist.',
  ),
  'comment-stays-public': words(
    ({ audience }) =>
      `Dieser Kommentar wurde im Werkzeug geschrieben, wo er öffentlich bleibt; hier ist er jetzt „${audience}“.`,
    'Seine Sichtbarkeit im Werkzeug ändern; hier folgt sie dann.',
  ),
  'comment-stays-internal': words(
    ({ audience }) =>
      `Dieser Kommentar wurde im Werkzeug geschrieben, wo er intern bleibt; hier ist er jetzt „${audience}“.`,
    'Seine Sichtbarkeit im Werkzeug ändern; hier folgt sie dann.',
  ),
  'comment-cannot-withdraw': words(
    'Dieser Kommentar ist nicht mehr für die Leser des Werkzeugs bestimmt, in dem niemand Kommentare ändern oder löschen kann.',
    'Ihn dort von Hand entfernen (Administratoren können das), dann ist es hier erledigt.',
  ),
  'refused-by-tool': words(
    ({ detail }) => `Das Werkzeug hat es abgelehnt: ${detail}`,
    'Den Wert hier berichtigen oder im Werkzeug erlauben; es wird von selbst neu versucht.',
  ),
  'item-stuck': words(
    ({ times, detail }) => `Dieser Vorgang scheiterte ${times}-mal aus einem eigenen Grund: ${detail}`,
    'Beheben, was der Grund nennt, dann „Jetzt neu ansehen“. Alle fünf Minuten wird es neu versucht.',
  ),
  'item-stuck-ours': words(
    ({ times, detail }) => `Dieser Vorgang scheiterte ${times}-mal aus einem eigenen Grund: ${detail}`,
    'Das mit den Zeilen des Protokolls zu diesem Vorgang melden. Alle fünf Minuten wird es neu versucht.',
  ),
  'create-unknown': words(
    'Die Antwort auf das Anlegen dieses Vorgangs ging verloren, und das Werkzeug kann nicht sagen, ob er entstand.',
    'Im Werkzeug nachsehen. Ist er dort, ihn bei den verlorenen Antworten nennen; wenn nicht, dort „neu senden“ wählen.',
  ),
  'refused-here': words(
    ({ detail }) => `Der Wert passt hier nicht: ${detail}`,
    'Den Wert im Werkzeug berichtigen oder seine Entsprechung hier.',
  ),
  'rule-refused': words(
    ({ detail }) => `Eine Regel konnte nicht ausgeführt werden: ${detail}`,
    'Tun, was der Grund sagt, dann neu abgleichen; oder die Regel ändern.',
  ),
}
