/** Currency and zone of the header; every amount in the pact is in that currency. */
import { type Money, minorDigits, parseMoney } from '../../terms/money.ts';
import { fixedOffset } from '../../terms/time.ts';
import type { Path } from '../diagnostic.ts';
import { entries, type ReadSections, type Site } from './site.ts';

/** Area/City as the IANA zone database writes it; whether the zone exists is seen where that database is. */
const ZONE_NAME = /^[A-Z][A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2}$/;

export function checkHeader(file: ReadSections, site: Site): void {
  const { currency, zone } = file;
  if (zone !== undefined && fixedOffset(zone) === undefined && !ZONE_NAME.test(zone)) {
    site.reporter.error(['zone'], 'bad_value', 'Write UTC, an offset such as -05:00, or a zone such as Europe/Berlin');
  }
  if (currency === undefined) return;
  if (minorDigits(currency) === undefined) {
    site.reporter.error(
      ['currency'],
      'bad_value',
      `${currency} is not a currency of ISO 4217; write a code such as USD`,
    );
    return;
  }
  for (const [path, money] of amountsOf(file)) {
    if (money === undefined || money.currency === currency) continue;
    site.reporter.error(path, 'bad_unit', `This pact counts in ${currency}; write the amount in it`);
  }
}

function* amountsOf(file: ReadSections): Iterable<readonly [Path, Money | undefined]> {
  for (const [name, lane] of entries(file.lanes)) {
    for (const [i, { at_most }] of (lane.limits ?? []).entries()) {
      yield [['lanes', name, 'limits', i, 'at_most'], writtenMoney(at_most)];
    }
    for (const state of ['limited', 'autonomous'] as const) {
      for (const [parameter, value] of entries(lane.autonomy?.[state])) {
        yield [['lanes', name, 'autonomy', state, parameter], writtenMoney(value)];
      }
    }
  }
  for (const [name, consequence] of entries(file.consequences)) {
    if (consequence.kind !== 'economic') continue;
    const path = ['consequences', name];
    const amount = consequence.charge?.amount;
    const each = amount?.kind === 'per_violation' ? ['per_violation'] : [];
    if (amount && 'money' in amount) yield [[...path, 'charge', 'amount', ...each], amount.money];
    yield [[...path, 'charge', 'cap'], consequence.charge?.cap];
    yield [[...path, 'credit', 'cap'], consequence.credit?.cap];
  }
  yield [['terms', 'fee'], file.terms?.fee];
  yield [['terms', 'bond', 'amount'], file.terms?.bond?.amount];
  yield [['terms', 'caps', 'charges'], file.terms?.caps?.charges];
  yield [['terms', 'caps', 'credits'], file.terms?.caps?.credits];
}

const writtenMoney = (written: number | string | undefined): Money | undefined =>
  typeof written === 'string' ? parseMoney(written) : undefined;
