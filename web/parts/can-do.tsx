import type { ConnectorKind } from '../api/connections.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './can-do.module.css'

/** What a kind of tool can and cannot do, in words, so that nobody wonders later why something does not cross. */
export const CanDo = ({ can }: { readonly can: NonNullable<ConnectorKind['can']> }) => {
  const { can: words } = useTexts()
  const lines: readonly (readonly [does: boolean, text: string])[] = [
    said(can.create, words.create),
    said(can.comments.public, words.publicComments),
    said(can.comments.internal, words.internalComments),
    said(can.comments.edit, words.editComments),
    can.attachments.write
      ? [true, words.filesUpTo(Math.round(can.attachments.maxBytes / (1024 * 1024)))]
      : said(false, words.files),
    said(can.links, words.links),
    [can.transitions !== 'none', words.transitions[can.transitions]],
    said(can.webhooks, words.webhooks),
    said(can.deletionsSeen, words.deletions),
    said(can.records.includes('release'), words.releases),
    [can.idempotency !== 'none', words.idempotency[can.idempotency]],
  ]
  return (
    <>
      <ul className={styles.can}>
        {lines.map(([does, text]) => (
          <li key={text} data-does={does}>
            {text}
          </li>
        ))}
      </ul>
      <p className="quiet plain">
        {words.writes}: {can.writes.map((field) => (field === 'cf:*' ? words.everyCustom : field)).join(', ')}
      </p>
    </>
  )
}

const said = (does: boolean, [yes, no]: readonly [string, string]): readonly [boolean, string] => [
  does,
  does ? yes : no,
]
