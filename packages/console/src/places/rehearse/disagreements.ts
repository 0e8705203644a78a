/** Stops that a person calls right, one JSON object a line: what `surety rehearse --labels` reads, and why each was stopped. */
import type { Stop } from '../../rehearsal/messages.ts';

export const disagreementsText = (stops: readonly Stop[]): string =>
  stops
    .map(({ conversation, step, tool, decision, reasons }) => {
      const call = conversation.steps[step];
      return `${JSON.stringify({
        conversation_id: conversation.id,
        call_id: call?.kind === 'call' ? call.call_id : null,
        right: true,
        tool,
        decision,
        rules: reasons.map(({ id }) => id),
      })}\n`;
    })
    .join('');
