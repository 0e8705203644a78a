/** Entries of the ledger about itself. */
import { z } from 'zod';
import { Blob, Count, EntryId, fields, Sha256, Subject, Word } from './shapes.ts';

const Vkey = z.string().max(400);
const Origin = z.string().max(255);

export const LEDGER_KINDS = {
  'ledger.opened': fields({
    format: z.literal(1),
    origin: Origin,
    vkey: Vkey,
    continues: fields({ origin: Origin, size: Count, root: z.string() }).optional(),
  }),
  'ledger.key_rotated': fields({ old: Vkey, new: Vkey, from: Count, accept: z.string() }),
  'subject.erased': fields({ subject: Subject, disclosures: Count, reason: Word }),
  'pack.issued': fields({
    kind: z.enum(['full', 'excerpt']),
    key: Vkey,
    streams: z.record(z.string(), z.int().positive()),
  }),
  'consumer.gave_up': fields({ consumer: Word, entry: Count, attempts: z.int().positive(), error: Word }),
  'message.delivered': fields({
    channel: Word,
    about: EntryId,
    outcome: z.enum(['delivered', 'refused']),
    sha256: Sha256.optional(),
    body: Blob.optional(),
  }),
};
