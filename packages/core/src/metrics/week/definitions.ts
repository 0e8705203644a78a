/** What each weekly figure is called, and the definition in force: printed beside it everywhere. */
import type { WeeklyMetric } from './figure.ts';

/** A week has too little evidence below this: conversations, answers or escalations; for rules broken, actions. */
export const LEAST = 5;
export const LEAST_ACTIONS = 20;
/** Weeks whose work is the mix to which a figure is standardised. */
export const REFERENCE_WEEKS = 4;
export const WINDOW_DAYS = 7;

interface Definition {
  readonly title: string;
  readonly definition: string;
}

const FCR =
  'Resolved conversations that were not reopened and whose customer did not come back in the same lane within 7 days, over resolved conversations whose 7 days have passed; each once, in the week (ISO 8601, UTC) of its first resolution. Merged conversations and those an automation closed in bulk do not count.';
const ALONE = `${FCR} Agent alone: without those that were handed over to a person, that a rule held for one, whose draft a person edited or refused, or that a person closed.`;
const CONFIRMED = 'Closed by the agent or a person, not by silence.';
const PRESUMED =
  'Only those closed by silence, or without a word on who closed them: presumed, never counted as confirmed.';
const clock = (what: string): string =>
  `${what} Waits are counted in the week they began. Those still open count at their present age and those that ended otherwise at the age they reached, by Kaplan–Meier; none is dropped. Waits are kept to three digits, rounded up.`;
const NEED = clock(
  'From the customer asking for a person until the conversation was handed over to one. A hold is escalated as it is decided, and is not counted here.',
);
const ACKNOWLEDGED = clock(
  'From a hold, or from handing the conversation over to a person, until somebody took it up; assigning it to a team does not count.',
);
const REPLY = clock('From taking it up until a person’s first reply; of a hold, its answer.');
const ESCAPED =
  'Violations that reached the customer or a system, or that only a person stopped, over actions whose rules could all be evaluated: a never or denying limit that fired, a missed duty, a rule’s person not asked, a refused hold, a failed check, a person’s verdict. One action counts once, at its worst.';

export const DEFINITIONS: Readonly<Record<WeeklyMetric, Definition>> = {
  fcr_agent_alone: { title: 'First-contact resolution, agent alone', definition: `${ALONE} ${CONFIRMED}` },
  fcr_desk: { title: 'First-contact resolution, desk', definition: `${FCR} Agent and people. ${CONFIRMED}` },
  fcr_agent_alone_presumed: {
    title: 'First-contact resolution, agent alone, presumed',
    definition: `${ALONE} ${PRESUMED}`,
  },
  fcr_desk_presumed: { title: 'First-contact resolution, desk, presumed', definition: `${FCR} ${PRESUMED}` },
  csat: {
    title: 'CSAT',
    definition:
      'Share of 4 and 5 among answers from 1 to 5, and of good among answers good or bad; the latest answer of a conversation counts, in the week it was resolved. Silence is unknown.',
  },
  csat_mean: {
    title: 'CSAT, mean',
    definition: 'Mean of the answers from 1 to 5; answers good or bad are a scale of their own and never enter it.',
  },
  need_to_escalated_p50: { title: 'Need to escalated, median', definition: NEED },
  need_to_escalated_p90: { title: 'Need to escalated, 90th percentile', definition: NEED },
  escalated_to_acknowledged_p50: { title: 'Escalated to acknowledged, median', definition: ACKNOWLEDGED },
  escalated_to_acknowledged_p90: { title: 'Escalated to acknowledged, 90th percentile', definition: ACKNOWLEDGED },
  acknowledged_to_reply_p50: { title: 'Acknowledged to first reply, median', definition: REPLY },
  acknowledged_to_reply_p90: { title: 'Acknowledged to first reply, 90th percentile', definition: REPLY },
  violations_escaped: { title: 'Violations that escaped', definition: ESCAPED },
  violations_escaped_critical: { title: 'Critical violations that escaped', definition: ESCAPED },
  violations_escaped_major: { title: 'Major violations that escaped', definition: ESCAPED },
  violations_escaped_minor: { title: 'Minor violations that escaped', definition: ESCAPED },
  violations_blocked: {
    title: 'Violations that were blocked',
    definition:
      'Violations that a rule stopped, over actions whose rules could all be evaluated. A working gate is no fault; many attempts say something about the agent.',
  },
  cost_per_verified_resolution: {
    title: 'Cost per verified resolution',
    definition:
      'The pact’s fee, the time of reviewers on holds (from taking one up to its answer, at most an hour each) and the money of actions a person’s verdict found wrong, over conversations the agent resolved alone, confirmed, at first contact, whose 7 days have passed.',
  },
};
