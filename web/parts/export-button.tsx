import { Button, Tooltip } from '@mantine/core'
import { address } from '../api/client.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Icon } from './icons.tsx'

/** The list as it is shown, as a file. */
export const ExportButton = ({
  list,
  filters,
}: {
  readonly list: 'tickets' | 'work-items' | 'audit' | 'outreach'
  readonly filters: Readonly<Record<string, string | undefined>>
}) => {
  const texts = useTexts()
  return (
    <Tooltip label={texts.exports.about}>
      <Button
        component="a"
        variant="default"
        href={address(`/exports/${list}`, filters)}
        download
        leftSection={<Icon name="file" size={14} />}
      >
        {texts.exports.csv}
      </Button>
    </Tooltip>
  )
}
