/** What vite.config.js makes of core's tables. */
declare module 'virtual:contract' {
  import type { Role } from '@surety/core/terms';
  import type { RouteName, WIRE_LIMITS } from '@surety/core/wire';

  export const CONTRACT: Readonly<
    Record<RouteName, { readonly method: 'GET' | 'POST'; readonly path: string; readonly may: readonly Role[] }>
  >;
  export const LIMITS: typeof WIRE_LIMITS;
  export const KINDS: readonly string[];
}
