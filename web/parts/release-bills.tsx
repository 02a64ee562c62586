import { useQuery } from '@tanstack/react-query'
import { billsQuery } from '../api/packages.ts'
import type { Release } from '../api/releases.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { CopyText } from './copy-text.tsx'
import { Go } from './go.tsx'
import { Block } from './record.tsx'
import { Failed, Loading } from './states.tsx'
import { Time } from './time.tsx'
import styles from './trace.module.css'

/** Whole, so that it runs where another product has a release of that name, or the name has spaces. */
const commandFor = ({ name, product }: Release): string =>
  `causeway releases contains ${/^[\w.+-]+$/.test(name) ? name : `"${name}"`} --product ${product.key} --bill sbom.json`

/** What pipelines told of the packages in a release's builds. */
export const ReleaseBills = ({ release }: { readonly release: Release }) => {
  const { id } = release
  const { packages: words } = useTexts()
  const bills = useQuery(billsQuery(id))
  return (
    <Block title={words.title}>
      {bills.isPending ? <Loading /> : null}
      {bills.data === undefined && bills.error !== null ? (
        <Failed error={bills.error} retry={() => void bills.refetch()} />
      ) : null}
      {bills.data?.items.length === 0 ? (
        <>
          <p className="quiet plain">{words.noBills}</p>
          <CopyText text={commandFor(release)} label={words.command} />
        </>
      ) : null}
      <ul className={styles.sources}>
        {bills.data?.items.map((bill) => (
          <li key={bill.id}>
            <Go to={paths.packages({ release: id })}>{words.count(bill.packages)}</Go>
            {bill.build === null ? '' : ` · ${bill.build}`} · {words.formats[bill.format]}
            {bill.name === null ? '' : ` · ${bill.name}`} · {words.told} <Time at={bill.toldAt} />
          </li>
        ))}
      </ul>
    </Block>
  )
}
