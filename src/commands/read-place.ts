import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findComponent, findProduct, findProductCalled } from '../store/organisation.ts'
import type { HubValue } from '../sync/hub-view.ts'
import { lineOf } from './tool-values.ts'

interface Place {
  readonly product_id?: string | null
  readonly component_id?: string | null
}

/** A product by key or name, as a tool says it. Another product than before leaves the component behind. */
export const readProduct = async (
  tx: Tx,
  value: HubValue,
  before: string | null,
): Promise<Result<Place, string>> => {
  const text = lineOf(value)
  if (text === null) return ok({ product_id: null, component_id: null })
  const product = (await findProductCalled(tx, text)) ?? (await findProduct(tx, text))
  if (product === null) {
    return err(`No product is called “${text.slice(0, 100)}”. Create it, or map the word to one.`)
  }
  return ok(
    product.id === before ? { product_id: product.id } : { product_id: product.id, component_id: null },
  )
}

/** A component by key or name within the product; it brings its product where there is none yet. */
export const readComponent = async (
  tx: Tx,
  value: HubValue,
  productId: string | null,
): Promise<Result<Place, string>> => {
  const text = lineOf(value)
  if (text === null) return ok({ component_id: null })
  const component = await findComponent(tx, productId, text)
  return component === null
    ? err(
        `No component ${productId === null ? '' : 'of the product '}is called “${text.slice(0, 100)}”. Create it, or map the word to one.`,
      )
    : ok({ component_id: component.id, product_id: component.product_id })
}
