/** What happened in a conversation, item by item, from its entries and what they disclose. */
import type { Placed } from '@surety/core/evidence';
import { formatTime, type Json, type Step } from '@surety/core/terms';
import type { ConversationItem } from '@surety/core/wire';
import type { Says } from '../decision/sentences.ts';
import { stepsOf } from '../kept/remember.ts';
import type { Opened } from '../operation.ts';
import { toActionId } from '../personal/names.ts';
import { actionItem, toFollowUps } from './action-item.ts';

export function itemsOf(entries: readonly Placed[], opened: Opened, says: Says): ConversationItem[] {
  const followUps = toFollowUps(entries);
  return entries.flatMap((entry): ConversationItem[] => {
    switch (entry.type) {
      case 'trace.observed':
        return saidIn(entry as Placed<'trace.observed'>, opened);
      case 'action.proposed': {
        const followed = followUps.get(entry.id);
        return followed?.decided ? [actionItem(entry as Placed<'action.proposed'>, followed, opened, says)] : [];
      }
      case 'action.decided':
        return handedOverBy(entry as Placed<'action.decided'>);
      case 'hold.answered':
        return routedBy(entry as Placed<'hold.answered'>, followUps.get(entry.data.hold)?.decided?.data.hold?.owner);
      case 'consequence.applied':
        return takenOver(entry as Placed<'consequence.applied'>);
      case 'outcome.observed':
        return [outcomeOf(entry as Placed<'outcome.observed'>)];
      case 'verdict.given':
      case 'verdict.reached':
      case 'check.done':
        return [verdictOf(entry as Placed<'verdict.given' | 'verdict.reached' | 'check.done'>, opened)];
      default:
        return [];
    }
  });
}

function saidIn(entry: Placed<'trace.observed'>, opened: Opened): ConversationItem[] {
  const { seq, data } = entry;
  if (data.steps === 0) return [];
  const steps = stepsOf(entry, opened(data.content));
  // When it was said is not known: the entry is of when the gate heard of it.
  return steps ? steps.map((step) => said(step, seq)) : [{ item: 'erased', steps: data.steps, at: null, seq }];
}

function said(step: Step, seq: number): ConversationItem {
  const at = step.at === undefined ? null : formatTime(step.at);
  if (step.kind !== 'call')
    return { item: 'message', role: step.kind === 'customer' ? 'customer' : 'agent', text: step.text, at, seq };
  const { tool, args, args_text, ok = null } = step;
  return { item: 'call', tool, args: args ?? args_text ?? null, result: resultOf(step), ok, at, seq };
}

const resultOf = ({ result, result_text }: Step & { kind: 'call' }): Json => result ?? result_text ?? null;

function handedOverBy({ seq, at, data }: Placed<'action.decided'>): ConversationItem[] {
  if (!data.routed_to || data.imported) return [];
  return [{ item: 'hand_over', ...data.routed_to, cause: 'action', at: formatTime(at), seq }];
}

function routedBy({ seq, at, data }: Placed<'hold.answered'>, owner: string | undefined): ConversationItem[] {
  if (data.answer !== 'expired' || data.then !== 'route_to_owner') return [];
  return [{ item: 'hand_over', queue: null, owner: owner ?? null, cause: 'hold', at: formatTime(at), seq }];
}

function takenOver({ seq, at, data }: Placed<'consequence.applied'>): ConversationItem[] {
  if (data.consequence !== 'hand_over') return [];
  return [{ item: 'hand_over', queue: null, owner: data.owner ?? null, cause: data.cause, at: formatTime(at), seq }];
}

function outcomeOf({ seq, at, by, data }: Placed<'outcome.observed'>): ConversationItem {
  const { outcome, closed_by = null, rating = null, action, money = null, observed_at } = data;
  return {
    item: 'outcome',
    outcome,
    closed_by,
    rating,
    action: action === undefined ? null : toActionId(action),
    money,
    by,
    at: formatTime(observed_at ?? at),
    seq,
  };
}

const KIND = { 'verdict.given': 'given', 'verdict.reached': 'reached', 'check.done': 'checked' } as const;

function verdictOf(
  { seq, at, by, type, data }: Placed<'verdict.given' | 'verdict.reached' | 'check.done'>,
  opened: Opened,
): ConversationItem {
  const note = 'note' in data ? opened(data.note) : undefined;
  return {
    item: 'verdict',
    kind: KIND[type],
    verdict: data.verdict,
    severity: data.severity ?? null,
    rule: 'rule' in data ? (data.rule ?? null) : null,
    action: data.action === undefined ? null : toActionId(data.action),
    note: typeof note === 'string' ? note : null,
    by,
    at: formatTime(at),
    seq,
  };
}
