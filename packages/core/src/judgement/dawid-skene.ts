/** What judges alone say about one another: a diagnostic, never to be trusted without people’s verdicts. */
import { exp, ln } from '../chance/logarithm.ts';

type Class = string | number;
/** A judge’s answer to one item: a class, several answers, or none. */
export type Response = Class | readonly Class[] | null;

export interface DawidSkene {
  readonly classMarginals: readonly number[];
  /** errorRates[judge][true][given] */
  readonly errorRates: readonly (readonly (readonly number[])[])[];
  readonly logLikelihood: number;
  /** The likeliest class of each item. */
  readonly mapClass: readonly Class[];
}

/** counts[item][judge][class] */
type Counts = readonly (readonly (readonly number[])[])[];
/** The probability of each class, by item. */
type Beliefs = readonly (readonly number[])[];
type Model = Pick<DawidSkene, 'classMarginals' | 'errorRates'>;

const FLOOR = 1e-300;
/** Far more rounds than any convergence needs: the loop ends on every input. */
const MOST_ROUNDS = 20_000;

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
/** 0/0 = 0 */
function normalised(values: readonly number[]): readonly number[] {
  const sum = sumOf(values);
  return values.map((value) => (sum === 0 ? 0 : value / sum));
}

function countsOf(responses: readonly (readonly Response[])[], classes: readonly Class[]): Counts {
  const given = (response: Response): readonly Class[] => {
    if (response === null) return [];
    return typeof response === 'object' ? response : [response];
  };
  return responses.map((item) =>
    item.map((response) => classes.map((name) => given(response).filter((one) => one === name).length)),
  );
}

/** M step: class marginals are mean beliefs; a judge’s row for a true class, its answers weighted by belief in that class. */
function maximise(counts: Counts, beliefs: Beliefs, classes: number, judges: number): Model {
  const each = Array.from({ length: classes }, (_, c) => c);
  const classMarginals = each.map((c) => sumOf(beliefs.map((belief) => belief[c] as number)) / beliefs.length);
  const errorRates = Array.from({ length: judges }, (_, j) =>
    each.map((truth) =>
      normalised(
        each.map((given) => sumOf(counts.map((item, i) => (beliefs[i]?.[truth] ?? 0) * (item[j]?.[given] ?? 0)))),
      ),
    ),
  );
  return { classMarginals, errorRates };
}

/** E step, in logarithms: ln π_c + Σ_j Σ_g n·ln error_j(c, g), and the log-likelihood by the largest of them. */
function expect({ classMarginals, errorRates }: Model, counts: Counts): { beliefs: Beliefs; logLikelihood: number } {
  const lnOf = (value: number): number => ln(value < FLOOR ? FLOOR : value);
  const lnMarginals = classMarginals.map(lnOf);
  const lnRates = errorRates.map((rows) => rows.map((row) => row.map(lnOf)));
  let logLikelihood = 0;
  const beliefs = counts.map((item) => {
    const scores = lnMarginals.map((start, truth) =>
      item.reduce(
        (sum, row, j) => row.reduce((s, n, given) => s + n * (lnRates[j]?.[truth]?.[given] ?? 0), sum),
        start,
      ),
    );
    const most = Math.max(...scores);
    const shares = scores.map((score) => exp(score - most));
    logLikelihood += most + ln(sumOf(shares));
    return normalised(shares);
  });
  return { beliefs, logLikelihood };
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  sumOf(a.map((value, i) => Math.abs(value - (b[i] ?? 0))));

/**
 * EM from vote shares, until the class marginals and the error rates both change by less than `tolerance` in all.
 *                                          Dawid & Skene (1979), Applied Statistics 28: 20–28
 */
export function dawidSkene(
  responses: readonly (readonly Response[])[],
  classes: readonly Class[],
  tolerance: number,
): DawidSkene {
  const counts = countsOf(responses, classes);
  const judges = Math.max(0, ...responses.map((item) => item.length));
  let beliefs: Beliefs = counts.map((item) => normalised(classes.map((_, c) => sumOf(item.map((row) => row[c] ?? 0)))));
  let model = maximise(counts, beliefs, classes.length, judges);
  let logLikelihood = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    ({ beliefs, logLikelihood } = expect(model, counts));
    const next = maximise(counts, beliefs, classes.length, judges);
    const isStill =
      distance(next.classMarginals, model.classMarginals) < tolerance &&
      distance(next.errorRates.flat(2), model.errorRates.flat(2)) < tolerance;
    model = next;
    if (isStill) break;
  }
  const mapClass = beliefs.map((belief) => classes[belief.indexOf(Math.max(...belief))] as Class);
  return { ...model, logLikelihood, mapClass };
}
