/** The script of each kind of visit. */
import type { Kind } from '../visit.ts';
import type { Script } from './ending.ts';
import { escalation, hostile, person, urgent } from './escalation.ts';
import { question } from './question.ts';
import { refund } from './refund.ts';
import { triage } from './triage.ts';

export const SCRIPTS: Readonly<Record<Kind, Script>> = {
  question,
  refund,
  triage,
  escalation,
  urgent,
  person,
  hostile,
};
