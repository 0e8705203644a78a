/** What stands around every page. */
export { ErrorBoundary } from './error-boundary.tsx';
export { Frame } from './frame.tsx';
export { NotFound } from './not-found.tsx';
export type { Place } from './place.ts';
