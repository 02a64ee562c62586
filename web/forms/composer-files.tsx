import { Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import styles from '../parts/composer.module.css'
import { useSize } from '../parts/files.tsx'
import { Icon } from '../parts/icons.tsx'
import { Lightbox } from '../parts/lightbox.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/texts.tsx'

/** As many as anybody means to send at once. */
const MOST = 20
const PICTURE = /^image\/(png|jpeg|gif|webp)$/

/** Files that are to be sent. What is too large or too much is left out at once, and said. */
export const useChosenFiles = (maxBytes: number | undefined) => {
  const { upload } = useTexts()
  const size = useSize()
  const [files, setFiles] = useState<readonly File[]>([])
  const [shares, setShares] = useState<ReadonlyMap<File, number>>(new Map())
  const add = (more: Iterable<File>): void => {
    const added = [...more]
    for (const { name } of added.filter((file) => maxBytes !== undefined && file.size > maxBytes))
      tell({ text: upload.tooLarge(name, size(maxBytes ?? 0)), tone: 'warn' })
    const fit = added.filter((file) => maxBytes === undefined || file.size <= maxBytes)
    if (files.length + fit.length > MOST) tell({ text: upload.tooMany(MOST), tone: 'warn' })
    setFiles((had) => [...had, ...fit].slice(0, MOST))
  }
  return {
    files,
    shares,
    add,
    drop: (file: File) => setFiles((had) => had.filter((one) => one !== file)),
    clear: () => setFiles([]),
    progress: (file: File, share: number) => setShares((had) => new Map(had).set(file, share)),
  }
}

/** Each with a look at it, a way to leave it out, and how far it got once it leaves. */
export const ChosenFiles = ({
  files,
  shares,
  drop,
  isSending,
}: Pick<ReturnType<typeof useChosenFiles>, 'files' | 'shares' | 'drop'> & {
  readonly isSending: boolean
}) => {
  const texts = useTexts()
  const size = useSize()
  const addresses = usePictures(files)
  const [shown, setShown] = useState<File | null>(null)
  const pictures = files.filter((file) => addresses.has(file))
  if (files.length === 0) return null
  return (
    <>
      <ul className={styles.files}>
        {files.map((file, at) => {
          const address = addresses.get(file)
          const percent = Math.round((shares.get(file) ?? 0) * 100)
          return (
            // the same file may be chosen twice
            // biome-ignore lint/suspicious/noArrayIndexKey: files have no other name of their own
            <li key={`${at} ${file.name}`}>
              {address === undefined ? (
                <Icon name="file" />
              ) : (
                <button
                  type="button"
                  className={styles.look}
                  aria-label={texts.upload.show(file.name)}
                  onClick={() => setShown(file)}
                >
                  <img src={address} alt="" />
                </button>
              )}
              <span>{file.name}</span>
              <small className="quiet">{size(file.size)}</small>
              {isSending ? (
                <Progress w={60} value={percent} aria-label={texts.upload.progress(file.name, percent)} />
              ) : (
                <button
                  type="button"
                  aria-label={texts.composer.dropFile(file.name)}
                  onClick={() => drop(file)}
                >
                  <Icon name="close" size={12} />
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {shown === null ? null : (
        <Lightbox
          pictures={pictures.map((file) => ({ name: file.name, address: addresses.get(file) ?? '' }))}
          first={pictures.indexOf(shown)}
          close={() => setShown(null)}
        />
      )}
    </>
  )
}

/** Addresses of pictures that are only here; they live as long as the pictures are shown. */
const usePictures = (files: readonly File[]): ReadonlyMap<File, string> => {
  const [addresses, setAddresses] = useState<ReadonlyMap<File, string>>(new Map())
  useEffect(() => {
    const made = new Map(
      files.filter(({ type }) => PICTURE.test(type)).map((file) => [file, URL.createObjectURL(file)]),
    )
    setAddresses(made)
    return () => {
      for (const address of made.values()) URL.revokeObjectURL(address)
    }
  }, [files])
  return addresses
}
