import { useQuery } from '@tanstack/react-query'
import { changeRulesQuery } from '../api/changes.ts'
import { useMay, useSelf } from '../api/session.ts'
import { ChangeRulesForm } from '../forms/change-rules-form.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { ChangeTabs } from '../parts/tabs.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** Who holds which key, who is asked when, and what is owed by when. */
export const ChangeRulesPage = () => {
  const texts = useTexts()
  const { rules: words } = texts.changes
  const self = useSelf()
  const mayRead = useMay('changes.read')
  const mayDecide = useMay('changes.rules')
  const rules = useQuery({ ...changeRulesQuery, enabled: mayRead })
  return (
    <>
      <ScreenHead title={words.title} about={words.about} />
      <ChangeTabs />
      {mayRead ? null : <NoRights />}
      {mayRead && rules.isPending ? <Loading /> : null}
      {rules.data === undefined && rules.error !== null ? (
        <Failed error={rules.error} retry={() => void rules.refetch()} />
      ) : null}
      {rules.data === undefined ? null : (
        <ChangeRulesForm rules={rules.data} reason={mayDecide ? null : roleReason(self, texts)} />
      )}
    </>
  )
}
