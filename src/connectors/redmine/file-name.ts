/**
 * Redmine replaces in file names what a file system could trip over. The name as it was is kept in the file's
 * description, so that it comes back whole, and a file whose upload's answer was lost is recognised.
 */

const MAX_DESCRIPTION = 255

/** As Redmine stores it (`Attachment#sanitize_filename`): no folders, and `_` for runs of `/ ? % * : | " ' < >` and line ends. */
export const storedName = (name: string): string =>
  name.replace(/^.*[\\/]/s, '').replace(/[/?%*:|"'<>\n\r]+/g, '_')

/** The description to send with a file: its name, when that would be lost. */
export const descriptionFor = (name: string): string =>
  storedName(name) === name || name.trim() !== name || name.length > MAX_DESCRIPTION ? '' : name

/** `description` may as well be a person's own words: only what stands for the stored name is taken for a name. */
export const nameOf = (filename: string, description: string | null | undefined): string =>
  description && description !== filename && storedName(description) === filename ? description : filename
