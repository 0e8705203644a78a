/** The answer to “what needs me now?”, as one sentence. */
import type { Today } from '@surety/core/wire';
import { spanText } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';

/** “3 conversations wait for a person; the oldest has waited 12 minutes, the next is due in 18 minutes.” */
export function todaySentence({ holds, stopped, pacts_waiting: pacts }: Today, nowMs: number): string {
  const others = [
    ...(stopped.length > 0 ? [`${counted(stopped.length, 'stop')} in force`] : []),
    ...(pacts.length > 0 ? [`${counted(pacts.length, 'pact')} ${pacts.length === 1 ? 'waits' : 'wait'}`] : []),
  ];
  const last = others.length > 0 ? ` ${others.join(', ')}.` : '';
  if (holds.conversations === 0) return `Nothing waits for a person right now.${last}`;
  const wait = `${counted(holds.conversations, 'conversation')} ${holds.conversations === 1 ? 'waits' : 'wait'} for a person`;
  return `${wait}${sinceWords(holds, nowMs)}.${last}`;
}

function sinceWords({ oldest_at, next_due, late }: Today['holds'], nowMs: number): string {
  const parts = [
    ...(oldest_at ? [`the oldest has waited ${spanText(nowMs - Date.parse(oldest_at))}`] : []),
    ...(late > 0 ? [`${late} ${late === 1 ? 'is' : 'are'} late`] : []),
    ...(next_due && late === 0 ? [dueWords(Date.parse(next_due) - nowMs)] : []),
  ];
  return parts.length > 0 ? `; ${parts.join(', ')}` : '';
}

const dueWords = (leftMs: number): string =>
  leftMs < 0 ? `the next is ${spanText(-leftMs)} late` : `the next is due in ${spanText(leftMs)}`;
