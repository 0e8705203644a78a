/** Lets the sample desk show something. What is shown are ordinary conversations, through the gate like all others. */
import type { SampleShown, Scenario } from '@surety/core/wire';
import type { Context } from '../context.ts';
import { UnknownError } from '../errors.ts';

export async function askSample({ entrance, scenarios }: Context, scenario: Scenario): Promise<SampleShown> {
  const show = entrance.isSample ? scenarios?.[scenario] : undefined;
  if (!show) throw new UnknownError('sample.unknown', 'Only a running sample desk shows this; surety demo runs one');
  return show();
}
