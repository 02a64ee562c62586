/** Chat tools in which our people may ask. */
export const enChats = {
  title: 'Chats',
  about: 'Where your people may ask whether it is a bug or a feature',
  add: 'Add a chat',
  edit: (name: string) => `Change ${name}`,
  empty: 'No chats yet',
  emptyAbout:
    'Let your people ask from Slack, Mattermost or Teams: they write what a caller says, and get the verdict with its evidence.',
  kind: 'Tool',
  kinds: { slack: 'Slack', mattermost: 'Mattermost', teams: 'Microsoft Teams' },
  name: 'Name',
  secrets: { slack: 'Signing secret', mattermost: 'Token', teams: 'Security token' },
  secretAbouts: {
    slack: 'Of the app, under Basic Information.',
    mattermost: 'As Mattermost shows it when the slash command is saved.',
    teams: 'As Teams shows it when the outgoing webhook is made.',
  },
  secretKept: 'Sealed. Leave it empty to keep it.',
  product: 'Usual product',
  productAbout: 'Where nobody names another: product:key.',
  language: 'Language of the answers',
  address: 'Give this address to the tool:',
  addressAbouts: {
    slack: 'As the Request URL of a slash command. Only who asks sees the answer.',
    mattermost: 'As the Request URL of a slash command, with POST. Only who asks sees the answer.',
    teams: 'As the callback URL of an outgoing webhook. Everybody in the team sees the answer.',
  },
  saved: 'Saved.',
  end: 'End it',
  asked: 'last asked',
  never: 'Nobody has asked yet',
  refused: 'Refused',
}
