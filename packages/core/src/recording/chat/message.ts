/** Messages of a conversation in the one form that all formats are brought into before steps are made of them. */
import { err, ok, type Result } from '../../result.ts';
import type { Json } from '../../terms/json.ts';
import { isJsonObject, ownMember } from '../../terms/json.ts';
import { parseTime } from '../../terms/time.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';

export type Message = CustomerMessage | AgentMessage | ToolMessage;

/** `index` counts the messages of a conversation from 0, prompts (system, developer) left out. */
export interface CustomerMessage {
  readonly from: 'customer';
  readonly index: number;
  readonly text: string;
  readonly at?: number | undefined;
}

export interface AgentMessage {
  readonly from: 'agent';
  readonly index: number;
  /** Empty where the agent wrote nothing. */
  readonly text: string;
  readonly calls: readonly RecordedCall[];
  readonly at?: number | undefined;
}

/** What a tool answered; `call_id` as recorded. */
export interface ToolMessage {
  readonly from: 'tool';
  readonly index: number;
  readonly call_id: string | undefined;
  readonly tool: string | undefined;
  readonly text: string;
  readonly failed: boolean;
  /** The call itself, where the recording has call and result side by side. */
  readonly answers?: RecordedCall | undefined;
}

/** A call as recorded: its id may be absent or stand for several calls; its arguments are an object or any text. */
export interface RecordedCall {
  readonly position: number;
  readonly call_id: string | undefined;
  readonly tool: string;
  readonly args: Json;
}

const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** Text that every store and every digest can hold: half a surrogate pair becomes U+FFFD. */
export const toWellFormed = (text: string): string => text.replace(LONE_SURROGATE, '\ufffd');

/** An identifier or name: a text or number, `undefined` when absent, null or empty. */
export function readName(value: Json | undefined, what: string): Result<string | undefined, string> {
  if (value === undefined || value === null || value === '') return ok(undefined);
  if (typeof value !== 'string' && typeof value !== 'number') return err(`${what} is neither a text nor a number`);
  const name = toWellFormed(String(value));
  const { nameChars } = RECORDING_LIMITS;
  return name.length <= nameChars ? ok(name) : err(`${what} is longer than ${nameChars} characters`);
}

/** What somebody wrote: a text, a list of parts of which the texts are joined, or nothing. */
export function readText(content: Json | undefined, what: string): Result<string, string> {
  if (content === undefined || content === null) return ok('');
  if (typeof content === 'string') return checkText(content, what);
  if (!Array.isArray(content)) return err(`${what} is neither a text nor a list of parts`);
  const parts: string[] = [];
  for (const part of content as readonly Json[]) {
    const text = typeof part === 'string' ? part : ownMember(part, 'text');
    if (typeof text === 'string') parts.push(text);
  }
  return checkText(parts.join(''), what);
}

/** What a tool answered: a text, parts of text, or any other value as JSON. */
export function readResult(content: Json | undefined, what: string): Result<string, string> {
  const isParts =
    Array.isArray(content) && content.every((part) => typeof ownMember(part as Json, 'text') === 'string');
  if (content === undefined || content === null || typeof content === 'string' || isParts)
    return readText(content, what);
  return checkText(JSON.stringify(content), what);
}

/** An instant with an offset; a time without one, or anything else, is left out. */
export const readTime = (value: Json | undefined): number | undefined =>
  typeof value === 'string' ? parseTime(value) : undefined;

/** Text within its limit, well formed. */
export function checkText(text: string, what: string): Result<string, string> {
  const { textChars } = RECORDING_LIMITS;
  if (text.length > textChars) return err(`${what} is longer than ${textChars} characters`);
  return ok(toWellFormed(text));
}

/** Whether every number is finite and every text well formed, so that the value has one exact canonical form. */
export function isExact(value: Json): boolean {
  if (typeof value === 'string') return value === toWellFormed(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return (value as readonly Json[]).every(isExact);
  return !isJsonObject(value) || Object.entries(value).every(([key, member]) => isExact(key) && isExact(member));
}
