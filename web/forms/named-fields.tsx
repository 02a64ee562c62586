import { TextInput } from '@mantine/core'
import { useTexts } from '../texts/desk-texts.tsx'

/** Key and name of something that is known by both. The key is given once and stays. */
export const NamedFields = ({
  keyValue,
  setKey,
  name,
  setName,
}: {
  /** Null: it has one already. */
  readonly keyValue: string | null
  readonly setKey: (key: string) => void
  readonly name: string
  readonly setName: (name: string) => void
}) => {
  const texts = useTexts()
  return (
    <>
      <TextInput
        label={texts.manage.name}
        required
        maxLength={200}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {keyValue === null ? null : (
        <TextInput
          label={texts.manage.key}
          description={texts.manage.keyAbout}
          required
          maxLength={100}
          spellCheck={false}
          value={keyValue}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
      )}
    </>
  )
}
