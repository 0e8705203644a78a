/** The way in. */
export { Welcome } from './welcome.tsx';
