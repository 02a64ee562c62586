import type { DemoTool } from './fake.ts'

/** Simulated tools of this process by name: what a connection with `{instance: name}` reaches, without HTTP. */
export const demoTools = new Map<string, DemoTool>()
