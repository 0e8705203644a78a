/** A figure of the table: its value, what it should come to, and whether it is inside its band. */

export const near = (value, expected, by) => ({
  value,
  expected,
  band: `±${by}`,
  isInside: Math.abs(value - expected) <= by + 1e-9,
});

export const exactly = (value, expected) => ({ value, expected, band: 'exact', isInside: value === expected });

export const withinShare = (value, expected, by) => ({
  value,
  expected,
  band: `±${by * 100} %`,
  isInside: Math.abs(value / expected - 1) <= by,
});

export const atMost = (value, most, expected = '') => ({ value, expected, band: `≤ ${most}`, isInside: value <= most });

export const atLeast = (value, least, expected = '') => ({
  value,
  expected,
  band: `≥ ${least}`,
  isInside: value >= least,
});

/** Shown for comparison; no band belongs to it. */
export const beside = (value) => ({ value, expected: '', band: '', isInside: true });

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
export const shareOf = (results, has) => mean(results.map((result) => (has(result) ? 1 : 0)));
