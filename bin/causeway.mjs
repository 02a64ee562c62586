#!/usr/bin/env node
// `causeway …`: the command line, started the same way as `npm start`.
process.argv.splice(2, 0, 'causeway')
await import('./bootstrap.mjs')
