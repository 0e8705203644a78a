/** Interleaved rounds of a subject and its control, so that a drift of the machine meets both alike. */

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

/** Nanoseconds for one call of `subject` and of `control`: medians of rounds of `calls` calls each. */
export function compare(subject, control, { rounds = 15, calls = 20_000 } = {}) {
  const time = (call) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) call(i);
    return Number(process.hrtime.bigint() - start) / calls;
  };
  time(subject);
  time(control);
  const pairs = Array.from({ length: rounds }, () => [time(subject), time(control)]);
  const value = median(pairs.map(([a]) => a));
  const against = median(pairs.map(([, b]) => b));
  return { value, control: against, ratio: median(pairs.map(([a, b]) => a / b)), n: rounds * calls };
}
