/** Puts the gate in front of an agent's tools: `surety(…)` is the client, `guard(client, name, tool)` the guarded tool. */
export { type Surety, type SuretyOptions, surety } from './client.ts';
export { type GuardedTool, guard, type Running, type Tool } from './guard.ts';
export type { Denied, Held, Outcome } from './outcome.ts';
export type { ToolCall } from './proposal.ts';
export type { Routes } from './routes.ts';
export { SuretyError, type SuretyErrorCode } from './surety-error.ts';
