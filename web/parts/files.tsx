import { useState } from 'react'
import { type Attachment, attachmentAddress } from '../api/timeline.ts'
import { useLocale, useTexts } from '../texts/texts.tsx'
import { Icon } from './icons.tsx'
import { Lightbox } from './lightbox.tsx'
import styles from './timeline.module.css'

/** Only what a browser draws as pixels. SVG is a document and stays a download. */
const PICTURE = /^image\/(png|jpeg|gif|webp)$/

const STEPS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

export const useSize = (): ((bytes: number) => string) => {
  const locale = useLocale()
  return (bytes) => {
    const step = Math.min(STEPS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)))
    const format = {
      style: 'unit',
      unit: STEPS[step],
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    } as const
    return new Intl.NumberFormat(locale, format).format(bytes / 1000 ** step)
  }
}

export const Files = ({
  files,
  addressOf = attachmentAddress,
}: {
  readonly files: readonly Attachment[]
  /** Customers fetch theirs elsewhere. */
  readonly addressOf?: (id: string) => string
}) => {
  const [shown, setShown] = useState<string | null>(null)
  const pictures = files.filter(isPicture)
  return files.length === 0 ? null : (
    <>
      <ul className={styles.files}>
        {files.map((file) => (
          <li key={file.id}>
            <OneFile file={file} address={addressOf(file.id)} show={() => setShown(file.id)} />
          </li>
        ))}
      </ul>
      {shown === null ? null : (
        <Lightbox
          pictures={pictures.map(({ id, name }) => ({ name, address: addressOf(id) }))}
          first={pictures.findIndex(({ id }) => id === shown)}
          close={() => setShown(null)}
        />
      )}
    </>
  )
}

const isPicture = ({ state, mediaType }: Attachment): boolean => state === 'stored' && PICTURE.test(mediaType)

const OneFile = ({
  file,
  address,
  show,
}: {
  readonly file: Attachment
  readonly address: string
  readonly show: () => void
}) => {
  const texts = useTexts()
  const size = useSize()
  const [isBroken, setBroken] = useState(false)
  if (file.state !== 'stored')
    return (
      <span className={styles.file} title={file.reason ?? undefined}>
        <Icon name={file.state === 'pending' ? 'clip' : 'warn'} />
        <span>{file.name}</span>
        <small>{file.state === 'pending' ? texts.files.pending : texts.files.refused}</small>
      </span>
    )
  if (isPicture(file) && !isBroken)
    return (
      <button
        type="button"
        className={styles.picture}
        aria-label={texts.upload.show(file.name)}
        onClick={show}
      >
        <img src={address} alt="" loading="lazy" onError={() => setBroken(true)} />
        {file.name}
      </button>
    )
  return (
    <a className={styles.file} href={address} download={file.name}>
      <Icon name="file" />
      <span>{file.name}</span>
      {file.size === null ? null : <small>{size(file.size)}</small>}
    </a>
  )
}
