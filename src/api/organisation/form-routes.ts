import { changeRequestForm } from '../../commands/change-request-form.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { FormOfProduct } from '../portal/schema.ts'
import { ByRef } from '../record-shapes.ts'
import { Known } from './schema.ts'

/** What customers are asked who report something about a product. */
export const requestFormRoutes = (app: App, deps: ApiDeps): void => {
  app.put(
    '/api/v1/products/:ref/form',
    {
      config: { access: 'organisation.write' },
      schema: {
        tags: ['products'],
        summary: 'Say what customers are asked about a product; null: only who runs it may name it',
        params: ByRef,
        body: FormOfProduct,
        response: { 200: Known },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: changeRequestForm,
        input: { product: request.params.ref, form: request.body.form },
        present: async (_tx, value) => value,
      }),
  )
}
