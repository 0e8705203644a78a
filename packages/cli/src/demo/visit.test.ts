import { describe, expect, it } from 'vitest';
import { Draw } from './draw.ts';
import { readStock } from './stock.ts';
import { AGENTS, planVisit, QUALITY, WORSE } from './visit.ts';

const stock = readStock();
const many = Array.from({ length: 6_000 }, (_, n) => planVisit(stock, 7, n, QUALITY));
const shareOf = (visits: readonly { slip: unknown }[]): number =>
  visits.filter(({ slip }) => slip !== undefined).length / visits.length;

describe('a visit of the sample desk', () => {
  it('is the same for the same seed and number, and another for others', () => {
    const plain = (seed: number, n: number) =>
      JSON.stringify({ ...planVisit(stock, seed, n, QUALITY), draw: undefined });
    expect(plain(7, 12)).toBe(plain(7, 12));
    const others = new Set(Array.from({ length: 50 }, (_, seed) => plain(seed, 12).replaceAll(/-\d+-12/g, '')));
    expect(others.size).toBeGreaterThan(45);
  });

  it('goes wrong as often as its agent is hasty', () => {
    const [aria, bolt] = AGENTS.map((name) => shareOf(many.filter(({ agent }) => agent === name)));
    expect(aria).toBeCloseTo(QUALITY.aria, 1.9);
    expect(bolt).toBeCloseTo(QUALITY.bolt, 1.5);
    expect(bolt ?? 0).toBeGreaterThan(4 * (aria ?? 1));
    const worse = Array.from({ length: 500 }, (_, n) => planVisit(stock, 7, n, { ...QUALITY, bolt: WORSE }));
    expect(shareOf(worse.filter(({ agent }) => agent === 'bolt'))).toBeGreaterThan(0.5);
  });

  it('is of every kind, by customers whose names are made up and whose addresses reach nobody', () => {
    expect(new Set(many.map(({ kind }) => kind)).size).toBe(7);
    for (const { customer } of many) expect(customer.email).toMatch(/^[a-z]+\.[a-z]+@mail\.example$/);
  });

  it('cites only articles that there are', () => {
    for (const { article } of stock.questions) expect(stock.articles.has(article), article).toBe(true);
  });
});

describe('a draw', () => {
  it('is spread evenly', () => {
    const draw = new Draw(1, 1);
    const counts = new Array(10).fill(0);
    for (let i = 0; i < 10_000; i++) counts[draw.below(10)]++;
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
