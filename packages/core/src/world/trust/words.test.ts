import { describe, expect, it } from 'vitest';
import { proofSentence } from './words.ts';

describe('what is still to be proven', () => {
  it('is told with the days it takes at the pace seen, and beyond a year in words', () => {
    expect(proofSentence(1, 1)).toBe('1 more clean conversation, about 1 day.');
    expect(proofSentence(912, 365)).toBe('912 more clean conversations, about 365 days.');
    expect(proofSentence(912, 366)).toBe('912 more clean conversations, more than a year at this pace.');
    expect(proofSentence(912, 5_108)).toBe('912 more clean conversations, more than a year at this pace.');
  });

  it('names no time where no pace was seen', () => {
    expect(proofSentence(30, null)).toBe('30 more clean conversations.');
  });
});
