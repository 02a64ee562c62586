import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useMay, useSelf } from '../api/session.ts'
import { type Link, useLinks, type WorkItem } from '../api/work-items.ts'
import { LinkDialog } from '../forms/link-dialog.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import { Block } from './record.tsx'
import { roleReason } from './roles.ts'
import { tell } from './tell.tsx'
import { WORK_ITEM_TONES } from './tones.ts'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'
import styles from './work-item-links.module.css'

/** What a work item stands beside: its parts and its whole, what it waits for and what waits for it, things elsewhere. */
export const WorkItemLinks = ({
  refOfItem,
  item,
}: {
  readonly refOfItem: string
  readonly item: WorkItem
}) => {
  const texts = useTexts()
  const self = useSelf()
  const reason = useMay('work-items.write') ? null : roleReason(self, texts)
  const [isAdding, setAdding] = useState(false)
  const { drop, add } = useLinks(refOfItem)
  const tellProblem = useTellProblem()
  useKeys(texts.links.title, [{ keys: 'l', label: texts.links.add, run: () => setAdding(true), reason }])
  const takeAway = (link: Link): void => {
    const again =
      link.workItem === null
        ? { url: link.url ?? '', ...(link.title === null ? {} : { title: link.title }) }
        : { role: link.role, to: link.workItem.key }
    drop.mutate(link.id, {
      onSuccess: () =>
        tell({
          text: texts.links.dropped,
          tone: 'good',
          undo: { label: texts.forms.undo, run: () => add.mutate(again) },
        }),
      onError: tellProblem,
    })
  }
  return (
    <Block title={texts.links.title}>
      {item.links.length === 0 ? <p className="quiet plain">{texts.links.none}</p> : null}
      <ul className={styles.links}>
        {item.links.map((link) => (
          <li key={link.id}>
            <OneLink link={link} />
            {reason === null ? (
              <UnstyledButton
                className={styles.drop}
                aria-label={texts.links.drop(nameOf(link))}
                onClick={() => takeAway(link)}
              >
                <Icon name="close" size={14} />
              </UnstyledButton>
            ) : null}
          </li>
        ))}
      </ul>
      <ActionButton label={texts.links.add} keys="l" reason={reason} run={() => setAdding(true)} size="xs" />
      {isAdding ? (
        <LinkDialog refOfItem={refOfItem} itemKey={item.key} close={() => setAdding(false)} />
      ) : null}
    </Block>
  )
}

const nameOf = ({ workItem, title, url }: Link): string => workItem?.key ?? title ?? url ?? ''

const OneLink = ({ link }: { readonly link: Link }) => {
  const texts = useTexts()
  const { workItem, url } = link
  if (workItem === null)
    return (
      <a href={url ?? ''} target="_blank" rel="noopener noreferrer">
        {nameOf(link)} <Icon name="link" size={12} />
      </a>
    )
  return (
    <>
      <span className={styles.role}>{texts.links.roles[link.role]}</span>
      <Go to={paths.workItem(workItem.key)}>{`${workItem.key} ${workItem.title}`}</Go>
      <Badge tone={WORK_ITEM_TONES[workItem.state]}>{texts.words.workItemState[workItem.state]}</Badge>
    </>
  )
}
