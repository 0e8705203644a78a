/** A person signs the review of a week in a lane: keep, widen or narrow, bound to the figures as they stood. */
import { encodeUtf8 } from '@surety/core/crypto';
import type { DataOf } from '@surety/core/evidence';
import { formatWeek, parseWeek, TRUST_STATES, weekAt, weekStart } from '@surety/core/terms';
import type { RecordWeeklyReview, WeeklyReviewRecorded } from '@surety/core/wire';
import { gateState, REVIEWS_KEPT, type ReviewStanding } from '@surety/core/world';
import { getAgent } from '../agent/standing.ts';
import type { Context } from '../context.ts';
import { ConflictError, ForbiddenError, InvalidError, UnknownError } from '../errors.ts';
import { blobOf, keepBlobs } from '../kept/blobs.ts';
import { weeklyMetrics } from '../metrics/weekly.ts';
import { type Actor, entryOf, type Operation } from '../operation.ts';
import type { Subject } from '../personal/subjects.ts';
import { plainText } from '../writing/plain.ts';
import { toReview } from './reviews.ts';

type Answer = typeof WeeklyReviewRecorded extends { _zod: { output: infer T } } ? T : never;

interface Signing {
  readonly id: string;
  readonly body: RecordWeeklyReview;
  readonly week: number;
  readonly figures: DataOf<'week.reviewed'>['figures'];
  readonly staff: Subject;
}

export async function reviewWeek(
  context: Context,
  actor: Actor,
  body: RecordWeeklyReview,
  id: string,
): Promise<Answer> {
  if (!actor.by.startsWith('person:'))
    throw new ForbiddenError('role.forbidden', `A weekly review is signed by a person; ${actor.by} is not a person`);
  if (body.to !== undefined && body.decision !== 'narrow')
    throw new InvalidError(
      'request.malformed',
      '`to` names the state that a lane is narrowed to; leave it out otherwise',
    );
  const week = parseWeek(body.week);
  if (week === undefined)
    throw new InvalidError('request.malformed', `There is no week ${body.week}; a week is written such as 2026-W17`);
  getAgent(context.writer.world, body.agent);
  const { agent, lane } = body;
  const seen = plainText((await weeklyMetrics(context, { agent, lane, week: body.week })).rows);
  const figures = blobOf(encodeUtf8(seen), 'application/json');
  await keepBlobs(context.store, new Map([[figures.blob, seen]]));
  const staff = await context.subjects.resolve({ kind: 'conversation', value: `staff ${actor.by}` });
  return context.writer.perform(REVIEW, {
    command: { id, body, week, figures, staff },
    actor,
    ids: [id],
    tag: context.names.tag(JSON.parse(JSON.stringify([actor.by, body]))),
  });
}

const REVIEW: Operation<Signing, Answer> = {
  route: 'week.review',
  decide(world, { id, body, week, figures, staff }, moment) {
    const { agent, lane, decision, to, note } = body;
    const standing = getAgent(world, agent);
    const pact = world.pacts.inForce.get(agent)?.[lane];
    if (pact === undefined && !Object.hasOwn(standing.lanes, lane))
      throw new UnknownError(
        'lane.unknown',
        `No pact in force gives ${agent} a lane ${lane}; surety agent show ${agent} lists them`,
      );
    const state = gateState(world, agent, lane, moment.at);
    if (to !== undefined && TRUST_STATES.indexOf(to) > TRUST_STATES.indexOf(state))
      throw new ConflictError('agent.state', `${agent} is ${state} in ${lane}; ${to} is more, so nothing is narrowed`);
    const now = weekAt(moment.at);
    if (week >= now)
      throw new ConflictError(
        'week.state',
        `The week ${body.week} ends on ${dayOf(weekStart(week + 1))} at 00:00 UTC; review it when it is over, or ${formatWeek(now - 1)} now`,
      );
    if (week < now - REVIEWS_KEPT)
      throw new ConflictError(
        'week.state',
        `The week ${body.week} is more than ${REVIEWS_KEPT} weeks ago; review a later one`,
      );
    const data: DataOf<'week.reviewed'> = {
      agent,
      lane,
      week: body.week,
      decision,
      ...(to === undefined ? {} : { to }),
      ...(pact === undefined ? {} : { pact }),
      ...(figures === undefined ? {} : { figures }),
      ...(note === undefined || note === '' ? {} : { note: moment.commit(staff, 'note', note.toWellFormed()) }),
      signed_at: moment.at,
    };
    return [{ id, type: 'week.reviewed', stream: `${agent}/${lane}`, data }];
  },
  answer(entries, opened) {
    const { data, by, at, seq } = entryOf(entries, 'week.reviewed');
    const { agent, lane, week, decision, to = null, pact = null, figures, note } = data;
    const standing: ReviewStanding = {
      agent,
      lane,
      week,
      decision,
      to,
      by,
      at,
      pact,
      figures: figures?.blob ?? null,
      seq,
    };
    const text = opened(note);
    return { receipt: { seq }, review: toReview(standing, typeof text === 'string' ? text : null) };
  },
};

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
