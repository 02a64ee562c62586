import { useQuery } from '@tanstack/react-query'
import { policiesQuery, templatesQuery } from '../api/outreach.ts'
import { useMay, useSelf } from '../api/session.ts'
import { OwnPolicy, PolicyForm, TemplateForm } from '../forms/outreach-settings.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { OutreachTabs } from '../parts/outreach-tabs.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { useTexts } from '../texts/desk-texts.tsx'

/** What is proposed, what goes by itself, and the words that customers get. */
export const OutreachSettings = () => {
  const texts = useTexts()
  const self = useSelf()
  const { outreach } = texts
  const { settings: words } = outreach
  const mayRead = useMay('outreach.read')
  const reason = useMay('outreach.write') ? null : roleReason(self, texts)
  const policies = useQuery({ ...policiesQuery, enabled: mayRead })
  const templates = useQuery({ ...templatesQuery, enabled: mayRead })
  const head = <ScreenHead title={outreach.title} about={words.about} />
  if (!mayRead)
    return (
      <>
        {head}
        <NoRights />
      </>
    )
  const failed = [policies, templates].find(({ isError }) => isError)
  return (
    <>
      {head}
      <OutreachTabs />
      {failed !== undefined ? (
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      ) : policies.data === undefined || templates.data === undefined ? (
        <Loading />
      ) : (
        // what somebody else decides meanwhile fills the fields anew
        <Cards key={JSON.stringify([policies.data, templates.data])}>
          {policies.data.items.map(({ product, policy }) => (
            <Card
              key={product?.id ?? 'all'}
              title={product === null ? words.rules : words.rulesOf(product.name)}
              about={product === null ? words.rulesAbout : words.ownAbout}
            >
              <PolicyForm product={product} policy={policy} reason={reason} />
            </Card>
          ))}
          {reason === null ? (
            <Card title={words.own} about={words.ownAbout}>
              <OwnPolicy policies={policies.data} />
            </Card>
          ) : null}
          <Card title={words.templates} about={words.templatesAbout}>
            {templates.data.items.map((template) => (
              <TemplateForm
                key={`${template.standing} ${template.language}`}
                template={template}
                reason={reason}
              />
            ))}
          </Card>
        </Cards>
      )}
    </>
  )
}
