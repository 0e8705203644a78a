/** Which spelling a scalar token has. */
import type { CST } from 'yaml';
import { spellBlock } from './block-scalar.ts';
import { spellDoubleQuoted, spellPlain, spellSingleQuoted } from './flow-scalar.ts';
import type { Spelling } from './spelling.ts';
import { contentOf } from './tokens.ts';

/** Undefined for a token that is no scalar. */
export function spellScalar(token: CST.Token): Spelling | undefined {
  switch (token.type) {
    case 'scalar':
      return spellPlain(token.source, token.offset);
    case 'single-quoted-scalar':
      return spellSingleQuoted(token.source, token.offset);
    case 'double-quoted-scalar':
      return spellDoubleQuoted(token.source, token.offset);
    case 'block-scalar': {
      const [header] = token.props;
      return spellBlock({
        header: header && 'source' in header ? header.source : '',
        source: token.source,
        offset: contentOf(token).from,
        parentIndent: token.indent,
      });
    }
    default:
      return undefined;
  }
}
