import { useState } from 'react'
import { mayDo, useSelf } from '../api/session.ts'
import { type Token, useEndToken, useTokens } from '../api/tokens.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { TokenDialog } from '../forms/token-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { roleWords } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { PeopleTabs } from '../parts/tabs.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { tokenStanding } from '../parts/token-standing.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Tokens = () => {
  const texts = useTexts()
  const { tokens } = texts
  const mayManage = mayDo(useSelf(), 'tokens.manage')
  const source = useTokens(mayManage)
  const [isMaking, setMaking] = useState(false)
  const [ending, setEnding] = useState<Token | null>(null)
  if (!mayManage)
    return (
      <>
        <ScreenHead title={tokens.title} about={tokens.about} />
        <PeopleTabs />
        <NoRights />
      </>
    )
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={tokens.add}
      reason={null}
      run={() => setMaking(true)}
    />
  )
  return (
    <>
      <ScreenHead title={tokens.title} about={tokens.about}>
        {add}
      </ScreenHead>
      <PeopleTabs />
      <List
        source={{ ...source, items: source.items.map((token) => ({ id: token.id, key: token.id, token })) }}
        row={({ token }) => <OneToken token={token} end={() => setEnding(token)} />}
        open={() => undefined}
        empty={
          <Empty icon="key" title={tokens.empty} actions={add}>
            {tokens.emptyAbout}
          </Empty>
        }
      />
      {isMaking ? <TokenDialog close={() => setMaking(false)} /> : null}
      {ending === null ? null : <EndToken token={ending} close={() => setEnding(null)} />}
    </>
  )
}

const OneToken = ({ token, end }: { readonly token: Token; readonly end: () => void }) => {
  const texts = useTexts()
  const { tokens } = texts
  const standing = tokenStanding(token, Date.now())
  return (
    <Row
      row={{
        name: token.name,
        face: <Icon name="key" />,
        about: (
          <>
            {[
              roleWords(token.roles, texts),
              ...(token.holder === null ? [] : [texts.tokenFor(token.holder)]),
              ...(token.madeBy === null ? [] : [texts.tokenBy(token.madeBy)]),
            ].join(' · ')}
            {' · '}
            {token.lastUsedAt === null ? (
              tokens.never
            ) : (
              <>
                {tokens.used} <Time at={token.lastUsedAt} />
              </>
            )}
          </>
        ),
        facts: (
          <>
            {token.oneTime ? <Badge tone="info">{tokens.oneTime}</Badge> : null}
            {standing === 'good' ? (
              token.expiresAt === null ? null : (
                <span>
                  {tokens.until} <Time at={token.expiresAt} />
                </span>
              )
            ) : (
              <Badge tone="plain">{tokens[standing]}</Badge>
            )}
          </>
        ),
        actions: standing === 'good' ? [{ label: tokens.revoke, reason: null, run: end }] : [],
      }}
    />
  )
}

/** What a program stands on is not ended by a slip of the hand: there is no way back. */
const EndToken = ({ token, close }: { readonly token: Token; readonly close: () => void }) => {
  const { tokens } = useTexts()
  const ending = useEndToken()
  return (
    <FormDialog
      isOpen
      close={close}
      title={tokens.revoke}
      send={() =>
        ending.mutate(token.id, {
          onSuccess: () => {
            close()
            tell({ text: tokens.revoked, tone: 'good' })
          },
        })
      }
      sendLabel={tokens.revoke}
      isSending={ending.isPending}
      error={ending.error}
      isDanger
    >
      <p className="plain">{tokens.confirm(token.name)}</p>
    </FormDialog>
  )
}
