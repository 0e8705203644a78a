/** The shape of a fact, told apart by where it comes from. */
import { z } from 'zod';
import { Expression, fields, Sentence, Span, some, Text, ToolName, Word } from './spelled.ts';

const selection = { tools: some(ToolName), path: Text.optional() };

/** One field, or several that tell an item apart together. */
const KeyFields = z.unknown().transform((written, ctx): string | string[] => {
  const names: readonly unknown[] = Array.isArray(written) ? written : [written];
  const isNames = names.length > 0 && names.every((name) => typeof name === 'string' && name !== '');
  if (isNames) return written as string | string[];
  const message = 'Write the name of a field, or a list of them';
  ctx.issues.push({ code: 'custom', input: written, message, params: { code: 'bad_value' } });
  return z.NEVER;
});

export const Fact = z.discriminatedUnion('from', [
  fields({
    from: z.literal('trace'),
    says: Sentence.optional(),
    tools: selection.tools.optional(),
    path: selection.path,
    any_of: some(fields(selection)).optional(),
    carry: z.record(z.string(), z.string()).optional(),
    where: z.record(z.string(), Expression).optional(),
    take: z.enum(['latest', 'each', 'all']),
    key: KeyFields.optional(),
    flatten: z.boolean().optional(),
    after: Word.optional(),
    max_age: Span.optional(),
    type: Text,
  }),
  fields({ from: z.literal('table'), says: Sentence.optional(), file: Text, type: Text }),
  fields({
    from: z.literal('http'),
    says: Sentence.optional(),
    url: Text,
    with: z.record(z.string(), Expression).optional(),
    method: z.enum(['GET']).optional(),
    max_age: Span.optional(),
    timeout: Span,
    headers_from: Text.optional(),
    type: Text,
  }),
  fields({ from: z.literal('caller'), says: Sentence.optional(), type: Text }),
]);
