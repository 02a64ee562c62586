import type { enChats } from './en-chats.ts'

export const deChats: typeof enChats = {
  title: 'Chats',
  about: 'Wo Ihre Leute fragen dürfen, ob es ein Fehler oder Absicht ist',
  add: 'Chat hinzufügen',
  edit: (name) => `${name} ändern`,
  empty: 'Noch keine Chats',
  emptyAbout:
    'Lassen Sie Ihre Leute aus Slack, Mattermost oder Teams fragen: Sie schreiben, was ein Anrufer sagt, und bekommen das Urteil mit seinen Belegen.',
  kind: 'Werkzeug',
  kinds: { slack: 'Slack', mattermost: 'Mattermost', teams: 'Microsoft Teams' },
  name: 'Name',
  secrets: { slack: 'Signing Secret', mattermost: 'Token', teams: 'Sicherheitstoken' },
  secretAbouts: {
    slack: 'Das der App, unter „Basic Information“.',
    mattermost: 'Wie Mattermost es zeigt, wenn der Slash-Befehl gespeichert ist.',
    teams: 'Wie Teams es zeigt, wenn der ausgehende Webhook angelegt ist.',
  },
  secretKept: 'Versiegelt. Leer lassen, um es zu behalten.',
  product: 'Übliches Produkt',
  productAbout: 'Wo niemand ein anderes nennt: product:schlüssel.',
  language: 'Sprache der Antworten',
  address: 'Diese Adresse bekommt das Werkzeug:',
  addressAbouts: {
    slack: 'Als „Request URL“ eines Slash-Befehls. Die Antwort sieht nur, wer fragt.',
    mattermost: 'Als „Request URL“ eines Slash-Befehls, mit POST. Die Antwort sieht nur, wer fragt.',
    teams: 'Als Rückruf-URL eines ausgehenden Webhooks. Die Antwort sehen alle im Team.',
  },
  saved: 'Gespeichert.',
  end: 'Beenden',
  asked: 'zuletzt gefragt',
  never: 'Noch hat niemand gefragt',
  refused: 'Abgewiesen',
}
