import type { Connector, Http } from '../sync/connector.ts'
import { type HttpOptions, openHttp } from './http.ts'

/** The way out to the tool of these settings, as the connector describes it. */
export const openTool = <S>(
  connector: Connector<S>,
  settings: S,
  options: Omit<HttpOptions, 'baseUrl' | 'headers' | 'signIn' | 'fileHosts'>,
): Http & { close(): Promise<void> } =>
  openHttp({
    ...options,
    baseUrl: connector.baseUrl(settings),
    headers: () => connector.headers(settings),
    signIn: connector.signIn?.(settings) ?? null,
    fileHosts: connector.fileHosts?.(settings) ?? [],
  })
