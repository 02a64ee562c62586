import { mayDo, type Self } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { focusQuery } from './focus-query.ts'
import { useGo } from './go.tsx'
import { openPalette } from './open-palette.ts'
import { railGroups } from './rail-places.ts'
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
    ...railGroups(self, texts)
      .flatMap(({ places }) => places)
      .filter(({ keys }) => keys.startsWith('g '))
      .map(({ keys, label, to, reason }) => ({
        ...{ keys, label: texts.shell.goTo(label), run: () => go(to), reason },
      })),
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
