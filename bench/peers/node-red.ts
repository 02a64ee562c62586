import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPeer } from './install.ts'
import { type Peer, startProgram } from './peer.ts'

/** Node-RED: http in → (acknowledged at once) → change, by JSONata → http request. It keeps nothing. */
const PORT = '24301'

const MAPPED =
  '{"fields":{"summary":payload.ticket.subject,"description":payload.ticket.description,"priority":payload.ticket.priority,' +
  '"status":payload.ticket.status="solved"?"Done":payload.ticket.status,"labels":payload.ticket.tags,"externalId":payload.ticket.id,' +
  '"customfield_1":payload.ticket.custom_fields[id=360002].value}}'

const flowFor = (targetUrl: string) => {
  const set = (p: string, to: string, tot: string) => ({ t: 'set', p, pt: 'msg', to, tot })
  return [
    { id: 't1', type: 'tab', label: 'sync', disabled: false },
    {
      id: 'in',
      type: 'http in',
      z: 't1',
      url: '/hook',
      method: 'post',
      upload: false,
      wires: [['map', 'ack']],
    },
    { id: 'ack', type: 'http response', z: 't1', statusCode: '200', headers: {}, wires: [] },
    {
      id: 'map',
      type: 'change',
      z: 't1',
      rules: [
        set('url', `"${targetUrl}/issues/" & payload.ticket.external_id`, 'jsonata'),
        set('method', 'PATCH', 'str'),
        set('payload', MAPPED, 'jsonata'),
        set('headers', '{"content-type":"application/json"}', 'json'),
      ],
      wires: [['req']],
    },
    {
      id: 'req',
      type: 'http request',
      z: 't1',
      method: 'use',
      ret: 'txt',
      paytoqs: 'ignore',
      url: '',
      tls: '',
      persist: true,
      proxy: '',
      authType: '',
      senderr: false,
      headers: [],
      wires: [[]],
    },
  ]
}

export const nodeRed: Peer = {
  name: 'Node-RED 5.0.7',
  events: 6_000,
  start: async (targetUrl) => {
    const installed = installPeer('node-red', '5.0.7')
    if ('missing' in installed) return installed.missing
    const home = join(installed.folder, 'home')
    rmSync(home, { recursive: true, force: true })
    mkdirSync(home, { recursive: true })
    writeFileSync(join(home, 'flows.json'), JSON.stringify(flowFor(targetUrl)))
    const settings = {
      uiHost: '127.0.0.1',
      uiPort: Number(PORT),
      flowFile: 'flows.json',
      httpAdminRoot: false,
      logging: { console: { level: 'error' } },
      telemetry: { enabled: false },
    }
    writeFileSync(join(home, 'settings.js'), `module.exports = ${JSON.stringify(settings)}`)
    const program = join(installed.folder, 'node_modules', 'node-red', 'red.js')
    return startProgram(
      [program, '-u', home, '-s', join(home, 'settings.js')],
      { HOME: home, PORT },
      `http://127.0.0.1:${PORT}/hook`,
    )
  },
}
