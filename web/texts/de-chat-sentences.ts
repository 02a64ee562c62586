/** Was der Server zu Chats sagt (siehe de-sentences.ts). */
export const deChatSentences: Readonly<Record<string, string>> = {
  'This is no secret of a chat tool: copy it whole, as the tool shows it.':
    'Das ist kein Geheimnis eines Chat-Werkzeugs: kopieren Sie es ganz, wie das Werkzeug es zeigt.',
  'X-Slack-Request-Timestamp is missing, or not in seconds':
    'X-Slack-Request-Timestamp fehlt oder steht nicht in Sekunden',
  'the signature is missing or wrong': 'die Signatur fehlt oder ist falsch',
  'the token is missing or wrong': 'das Token fehlt oder ist falsch',
  'its secret does not open with this key file: give it again':
    'sein Geheimnis lässt sich mit dieser Schlüsseldatei nicht öffnen: geben Sie es noch einmal an',
  'it is no slash command: the field text is missing': 'es ist kein Slash-Befehl: das Feld text fehlt',
  'it is no message: the member text is missing': 'es ist keine Nachricht: text fehlt',
}
