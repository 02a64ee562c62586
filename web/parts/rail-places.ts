import type { RuleName } from '../../src/api/access.ts'
import { mayDo, type Self } from '../api/session.ts'
import type { SavedView } from '../api/views.ts'
import { paths } from '../paths.ts'
import type { Texts } from '../texts/en.ts'
import type { IconName } from './icons.tsx'
import { roleReason } from './roles.ts'

/** An entry of the rail. */
export interface RailPlace {
  readonly to: string
  /** Other screens behind the same entry. */
  readonly with?: readonly string[]
  readonly icon: IconName
  readonly label: string
  readonly keys: string
  /** Why it cannot be opened; null: it can. */
  readonly reason: string | null
  /** A list that has views of its own. */
  readonly list?: SavedView['list']
}

export type RailGroupName = keyof Texts['rail']['groups']
export interface RailGroup {
  readonly name: RailGroupName
  readonly places: readonly RailPlace[]
}

/** All screens one can go to, by whose they are; what a role does not open says why. */
export const railGroups = (self: Self, texts: Texts): readonly RailGroup[] => {
  const open = (rule: RuleName): { readonly reason: string | null } => ({
    reason: mayDo(self, rule) ? null : roleReason(self, texts),
  })
  return [
    {
      name: 'mine',
      places: [
        { to: paths.myMove(), icon: 'move', label: texts.myMove.title, keys: 'g m', reason: null },
        {
          ...{ to: paths.myWork(), icon: 'hammer', label: texts.myWork.title, keys: 'g y' },
          ...open('escalations.answer'),
        },
        {
          ...{ to: paths.search(), icon: 'search', label: texts.search.title, keys: '/', list: 'search' },
          ...open('search'),
        },
      ],
    },
    {
      name: 'support',
      places: [
        {
          ...{
            to: paths.tickets(),
            icon: 'ticket',
            label: texts.tickets.title,
            keys: 'g t',
            list: 'tickets',
          },
          ...open('tickets.read'),
        },
        {
          ...{ to: paths.bugOrFeature(), icon: 'ask', label: texts.bugOrFeature.short, keys: 'g f' },
          ...open('tickets.read'),
        },
        {
          ...{ to: paths.newTicket(), icon: 'plus', label: texts.newTicket.title, keys: 'c' },
          ...open('tickets.create'),
        },
        {
          ...{ to: paths.macros(), icon: 'file', label: texts.macros.title, keys: 'g a' },
          ...open('tickets.write'),
        },
      ],
    },
    {
      name: 'engineering',
      places: [
        {
          ...{ to: paths.triage(), icon: 'queue', label: texts.triage.title, keys: 'g r' },
          ...open('work-items.read'),
        },
        {
          ...{ to: paths.board(), icon: 'board', label: texts.board.title, keys: 'g b' },
          ...open('work-items.read'),
        },
        {
          ...{ to: paths.workItems(), icon: 'work', label: texts.workItems.title, keys: 'g w' },
          ...{ list: 'work-items', ...open('work-items.read') },
        },
      ],
    },
    {
      name: 'together',
      places: [
        {
          ...{ to: paths.escalations(), icon: 'bridge', label: texts.escalations.title, keys: 'g e' },
          ...open('escalations.read'),
        },
        {
          to: paths.enhancements(),
          with: [paths.unfiledWishes()],
          ...{ icon: 'bulb', label: texts.enhancements.title, keys: 'g k', ...open('enhancements.read') },
        },
        {
          ...{ to: paths.releases(), with: [paths.packages()], icon: 'tag', label: texts.releases.title },
          keys: 'g l',
          ...open('releases.read'),
        },
        {
          ...{ to: paths.outreach(), icon: 'horn', label: texts.outreach.title, keys: 'g u' },
          ...open('outreach.read'),
        },
        {
          ...{ to: paths.changes(), with: [paths.changeModels(), paths.changeRules()], icon: 'gate' },
          ...{ label: texts.changes.title, keys: 'g h', ...open('changes.read') },
        },
        {
          ...{ to: paths.environments(), icon: 'system', label: texts.environments.title, keys: 'g v' },
          ...open('environments.read'),
        },
        {
          to: paths.deployments(),
          with: [paths.waitingDeployments(), paths.ciSources()],
          ...{ icon: 'arrow', label: texts.deployments.title, keys: 'g x', ...open('releases.read') },
        },
        {
          ...{ to: paths.calendar(), icon: 'calendar', label: texts.calendar.title, keys: 'g d' },
          ...open('calendar.read'),
        },
      ],
    },
    {
      name: 'organisation',
      places: [
        {
          ...{ to: paths.customers(), with: [paths.contacts(), paths.installations()], icon: 'house' },
          ...{ label: texts.customers.title, keys: 'g c', ...open('organisation.read') },
        },
        {
          ...{ to: paths.products(), icon: 'box', label: texts.products.title, keys: 'g o' },
          ...open('organisation.read'),
        },
        {
          ...{ to: paths.people(), with: [paths.teams(), paths.tokens()], icon: 'people' },
          ...{ label: texts.people.title, keys: 'g p', ...open('people.read') },
        },
      ],
    },
    {
      name: 'running',
      places: [
        {
          to: paths.connections(),
          with: [
            ...[paths.holds(), paths.conflicts(), paths.lostAnswers(), paths.crossings()],
            ...[paths.partners(), paths.repositories(), paths.chats()],
          ],
          ...{ icon: 'link', label: texts.connections.title, keys: 'g n', ...open('connections.read') },
        },
        {
          ...{ to: paths.settings(), with: [paths.audit()], icon: 'engine', label: texts.settings.title },
          ...{ keys: 'g s', ...open('settings.read') },
        },
      ],
    },
  ]
}
