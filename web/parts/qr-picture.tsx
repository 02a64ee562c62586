import encodeQR from 'qr'
import styles from './qr-picture.module.css'

/** A quiet edge of this many dots, as readers want it. */
const EDGE = 2

/** The picture for an authenticator app: dark dots on light ground in both schemes, or phones cannot read it. */
export const QrPicture = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const dots = encodeQR(text, 'raw', { border: EDGE })
  const path = dots.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      className={styles.picture}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${dots.length} ${dots.length}`}
      shapeRendering="crispEdges"
    >
      <path d={path.join('')} />
    </svg>
  )
}

export default QrPicture
