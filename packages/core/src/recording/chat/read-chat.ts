/** The messages of one conversation, OpenAI's form, as steps: what a live agent sends along as its trace. */
import type { Result } from '../../result.ts';
import type { JsonObject } from '../../terms/json.ts';
import type { Step } from '../../terms/trace.ts';
import { OPENAI, readMessages } from './chat-messages.ts';
import { toSteps } from './steps.ts';

/** The error is a sentence that names the first message that cannot be read. */
export function readChat(messages: readonly JsonObject[]): Result<readonly Step[], string> {
  const read = readMessages(messages, OPENAI);
  return read.ok ? toSteps(read.value) : read;
}
