/** The server's one public door. */
export { type Config, ConfigError, readConfig, SETTINGS } from './config.ts';
export { type RunningServer, startServer } from './server.ts';
