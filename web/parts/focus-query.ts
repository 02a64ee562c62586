/** Leads into the search field of the screen; false: it has none. */
export const focusQuery = (): boolean => {
  const field = document.querySelector<HTMLInputElement>('main input[type=search]')
  field?.focus()
  return field !== null
}
