/** What an action is to be done with, one line each; a change stands beside what it replaces. */
import { Erased, PlainText } from '../ui/index.ts';
import css from './record.module.css';

export const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const SUMMARY_CHARS = 80;
/** The arguments on one line, for a folded row. */
export function argsLine(args: unknown): string {
  if (args === null || args === undefined) return 'arguments erased';
  const whole = isObject(args)
    ? Object.entries(args)
        .map(([name, value]) => `${name} ${valueText(value)}`)
        .join(', ')
    : valueText(args);
  const text = whole.replace(/\s+/g, ' ');
  if (text === '') return 'no arguments';
  return text.length > SUMMARY_CHARS ? `${text.slice(0, SUMMARY_CHARS)} …` : text;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `now`: the arguments a person put in their place. */
export function Arguments({ args, now }: { readonly args: unknown; readonly now?: unknown }) {
  if (args === null || args === undefined) return <Erased />;
  if (!isObject(args)) return <PlainText text={valueText(args)} />;
  const changed = isObject(now) ? now : undefined;
  const names = [...new Set([...Object.keys(args), ...Object.keys(changed ?? {})])];
  if (names.length === 0) return <p className={css['quiet']}>No arguments.</p>;
  return (
    <dl className={css['arguments']}>
      {names.map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value before={args[name]} now={changed?.[name]} isCompared={changed !== undefined} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({
  before,
  now,
  isCompared,
}: {
  readonly before: unknown;
  readonly now: unknown;
  readonly isCompared: boolean;
}) {
  const [was, is] = [before, now].map((value) => (value === undefined ? undefined : valueText(value)));
  if (!isCompared || was === is) return <PlainText text={was ?? ''} />;
  return (
    <>
      {was !== undefined && (
        <del>
          <PlainText text={was} />
        </del>
      )}{' '}
      {is !== undefined && (
        <ins>
          <PlainText text={is} />
        </ins>
      )}
    </>
  );
}
