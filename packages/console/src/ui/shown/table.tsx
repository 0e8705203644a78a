/** Rows and columns; on a narrow screen each row becomes an item of a list with its labels. */
import { type ReactNode, useSyncExternalStore } from 'react';
import { Link } from 'wouter';
import { classes } from '../class-names.ts';
import css from './table.module.css';

export interface Column<T> {
  readonly head: string;
  readonly cell: (row: T) => ReactNode;
  readonly isNumber?: boolean;
  /** A share of the width, `18%`: tables of one page stand in line. */
  readonly width?: `${number}%`;
  /** Holds a control of its own, which stays reachable where the whole row is a link. */
  readonly isAbove?: boolean;
}

const narrow = typeof matchMedia === 'function' ? matchMedia('(max-width: 760px)') : undefined;
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      narrow?.addEventListener('change', tell);
      return () => narrow?.removeEventListener('change', tell);
    },
    () => narrow?.matches ?? false,
  );

/** The first column names the row; with `hrefOf` the whole row leads to it. */
export function Table<T>({
  label,
  rows,
  keyOf,
  columns,
  hrefOf,
}: {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly columns: readonly Column<T>[];
  readonly hrefOf?: (row: T) => string;
}) {
  const isNarrow = useIsNarrow();
  const cellOf = (row: T, { cell, isAbove }: Column<T>, index: number) => {
    const shown = index === 0 && hrefOf ? <Link href={hrefOf(row)}>{cell(row)}</Link> : cell(row);
    return isAbove ? <div className={css['above']}>{shown}</div> : shown;
  };
  if (isNarrow)
    return (
      <ul className={css['list']} aria-label={label}>
        {rows.map((row) => (
          <li key={keyOf(row)} className={css['item']}>
            <dl>
              {columns.map((column, index) => (
                <div key={column.head} className={classes(css['pair'], index === 0 && css['first'])}>
                  <dt>{column.head}</dt>
                  <dd className={index === 0 ? css['main'] : undefined}>{cellOf(row, column, index)}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
    );
  return (
    <div className={css['scroll']}>
      <table className={css['table']} aria-label={label}>
        <colgroup>
          {columns.map(({ head, width }) => (
            <col key={head} width={width} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map(({ head, isNumber }) => (
              <th key={head} scope="col" className={isNumber ? css['number'] : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={css['row']}>
              {columns.map((column, index) => (
                <td key={column.head} className={classes(column.isNumber && css['number'], index === 0 && css['main'])}>
                  {cellOf(row, column, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
