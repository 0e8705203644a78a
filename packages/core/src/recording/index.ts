/** Recorded conversations, read from OpenAI chat JSONL, tau-bench, tau2-bench and CSV. */
export { readChat } from './chat/read-chat.ts';
export type { ConversationItem, Place, RecordingItem, UnreadableItem } from './item.ts';
export { createReader, type RecordingReader, readRecording } from './reader.ts';
export { RECORDING_LIMITS } from './recording-limits.ts';
