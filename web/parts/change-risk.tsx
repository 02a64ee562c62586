import type { Change } from '../api/changes.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './change.module.css'
import { Block } from './record.tsx'

/** Every part of the risk with its reason and its points; there is no other score. */
export const ChangeRisk = ({ change }: { readonly change: Change }) => {
  const { changes } = useTexts()
  const { risk } = changes
  const { parts, points, most, level } = change.risk
  return (
    <Block title={`${changes.levels[level]}: ${risk.points(points, most)}`}>
      <p className="quiet">{change.isAssessed ? risk.kept : risk.now}</p>
      <table className={styles.risk}>
        <tbody>
          {parts.map(({ part, because, values, points: own, most: of }) => (
            <tr key={part} data-counts={own > 0}>
              <th scope="row">{risk.parts[part]}</th>
              <td>{risk.because[because]?.(values) ?? because}</td>
              <td>{risk.points(own, of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Block>
  )
}
