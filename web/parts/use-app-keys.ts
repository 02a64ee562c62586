import { mayDo, type Self } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { focusQuery } from './focus-query.ts'
import { useGo } from './go.tsx'
import { openPalette } from './open-palette.ts'
import { roleReason } from './roles.ts'
import { useKeys } from './use-keys.tsx'

/** Keys that hold on every screen: the palette, the list of keys, going somewhere, a new ticket. */
export const useAppKeys = (self: Self, showKeys: () => void): void => {
  const texts = useTexts()
  const go = useGo()
  const unless = (rule: Parameters<typeof mayDo>[1]): string | null =>
    mayDo(self, rule) ? null : roleReason(self, texts)
  useKeys(texts.shell.everywhere, [
    { keys: 'mod+k', label: texts.shell.palette, run: () => openPalette(), hidden: true },
    { keys: '?', label: texts.shell.keys, run: showKeys },
    { keys: 'g m', label: texts.shell.goTo(texts.myMove.title), run: () => go(paths.myMove()) },
    {
      keys: 'g t',
      label: texts.shell.goTo(texts.tickets.title),
      run: () => go(paths.tickets()),
      reason: unless('tickets.read'),
    },
    {
      keys: 'g f',
      label: texts.bugOrFeature.title,
      run: () => go(paths.bugOrFeature()),
      reason: unless('tickets.read'),
    },
    {
      keys: 'g a',
      label: texts.shell.goTo(texts.macros.title),
      run: () => go(paths.macros()),
      reason: unless('tickets.write'),
    },
    {
      keys: 'g w',
      label: texts.shell.goTo(texts.workItems.title),
      run: () => go(paths.workItems()),
      reason: unless('work-items.read'),
    },
    {
      keys: 'g y',
      label: texts.shell.goTo(texts.myWork.title),
      run: () => go(paths.myWork()),
      reason: unless('escalations.answer'),
    },
    {
      keys: 'g r',
      label: texts.shell.goTo(texts.triage.title),
      run: () => go(paths.triage()),
      reason: unless('work-items.read'),
    },
    {
      keys: 'g b',
      label: texts.shell.goTo(texts.board.title),
      run: () => go(paths.board()),
      reason: unless('work-items.read'),
    },
    {
      keys: 'g e',
      label: texts.shell.goTo(texts.escalations.title),
      run: () => go(paths.escalations()),
      reason: unless('escalations.read'),
    },
    {
      keys: 'g l',
      label: texts.shell.goTo(texts.releases.title),
      run: () => go(paths.releases()),
      reason: unless('releases.read'),
    },
    {
      keys: 'g c',
      label: texts.shell.goTo(texts.customers.title),
      run: () => go(paths.customers()),
      reason: unless('organisation.read'),
    },
    {
      keys: 'g o',
      label: texts.shell.goTo(texts.products.title),
      run: () => go(paths.products()),
      reason: unless('organisation.read'),
    },
    {
      keys: 'g p',
      label: texts.shell.goTo(texts.people.title),
      run: () => go(paths.people()),
      reason: unless('people.read'),
    },
    {
      keys: 'g s',
      label: texts.shell.goTo(texts.settings.title),
      run: () => go(paths.settings()),
      reason: unless('settings.read'),
    },
    {
      keys: 'g u',
      label: texts.shell.goTo(texts.outreach.title),
      run: () => go(paths.outreach()),
      reason: unless('outreach.read'),
    },
    {
      keys: 'g v',
      label: texts.shell.goTo(texts.environments.title),
      run: () => go(paths.environments()),
      reason: unless('environments.read'),
    },
    {
      keys: 'g d',
      label: texts.shell.goTo(texts.calendar.title),
      run: () => go(paths.calendar()),
      reason: unless('calendar.read'),
    },
    {
      keys: 'g n',
      label: texts.shell.goTo(texts.connections.title),
      run: () => go(paths.connections()),
      reason: unless('connections.read'),
    },
    {
      keys: '/',
      label: texts.search.open,
      run: () => {
        if (!focusQuery()) go(paths.search())
      },
      reason: unless('search'),
    },
    { keys: 'g i', label: texts.shell.goTo(texts.profile.title), run: () => go(paths.profile()) },
    {
      keys: 'c',
      label: texts.newTicket.title,
      run: () => go(paths.newTicket()),
      reason: unless('tickets.create'),
    },
  ])
}
