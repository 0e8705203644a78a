/** The server's one public door. */
export { type Failure, failureOf } from './server/failure.ts';
export { checkMachine, inspect, type SelfCheck } from './server/inspect.ts';
export { loadLedger } from './server/load.ts';
export {
  type Continued,
  continueLedger,
  type ExportKeys,
  type ExportSource,
  exportLedger,
  printIds,
} from './server/stored-ledger.ts';
export {
  type Config,
  ConfigError,
  type RunningServer,
  readConfig,
  SETTINGS,
  startServer,
} from './server.ts';
