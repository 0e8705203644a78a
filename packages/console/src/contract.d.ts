/** What vite.config.js makes of core's table of routes. */
declare module 'virtual:contract' {
  import type { Role } from '@surety/core/terms';
  import type { RouteName } from '@surety/core/wire';

  export const CONTRACT: Readonly<
    Record<RouteName, { readonly method: 'GET' | 'POST'; readonly path: string; readonly may: readonly Role[] }>
  >;
}
