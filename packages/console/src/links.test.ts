import { describe, expect, it } from 'vitest';
import { links, nameIn } from './links.ts';

describe('an address', () => {
  it.each(['bolt', '50% off', '100%', 'a%2Fb', 'a/b', 'a?b#c', 'sha256:abc', 'né 一', '..'])(
    'keeps the name %s',
    (name) => {
      expect(nameIn(links.conversation(name))).toBe(name);
    },
  );

  it('is read with a stroke at its end, and where it is no encoding', () => {
    expect(nameIn('/agents/bolt/')).toBe('bolt');
    expect(nameIn('/agents/%E0')).toBe('%E0');
  });
});
