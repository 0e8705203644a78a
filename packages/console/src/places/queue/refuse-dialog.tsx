/** Why it must not go out: one key, or one press; a note for whoever needs more. */
import { type KeyboardEvent, useState } from 'react';
import { Dialog, Kbd, TextArea } from '../../ui/index.ts';
import { counted } from '../../words/index.ts';
import css from './queue.module.css';

/** The word on the record, and how it reads here. Their order is their key. */
const REASONS = [
  ['not_asked_for', 'The customer did not ask for this'],
  ['wrong_amount', 'The amount is wrong'],
  ['wrong_customer_or_order', 'Wrong customer or order'],
  ['against_policy', 'Our policy does not allow it'],
  ['facts_missing', 'Something has to be clarified first'],
  ['done_already', 'It has already been done'],
  ['not_grounded', 'What it says is not true or has no source'],
  ['wrong_tone', 'It says it the wrong way'],
  ['other', 'Something else'],
] as const;

export function RefuseDialog({
  count,
  note,
  onRefuse,
  onClose,
}: {
  readonly count: number;
  readonly note: string;
  readonly onRefuse: (reason: string, note: string) => void;
  readonly onClose: () => void;
}) {
  const [said, setSaid] = useState(note);
  function press(event: KeyboardEvent) {
    if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = REASONS[Number(event.key) - 1];
    if (!found) return;
    event.preventDefault();
    onRefuse(found[0], said);
  }
  return (
    <Dialog title={count > 1 ? `Refuse ${counted(count, 'action')}` : 'Refuse this action'} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: each key has a button of its own */}
      <div className={css['refuse']} onKeyDown={press}>
        <ul aria-label="Reason" className={css['why']}>
          {REASONS.map(([reason, says], index) => (
            <li key={reason}>
              <button
                type="button"
                className={css['reason']}
                data-first={index === 0 || undefined}
                onClick={() => onRefuse(reason, said)}
              >
                <Kbd keys={String(index + 1)} /> {says}
              </button>
            </li>
          ))}
        </ul>
        <TextArea
          label="Note"
          hint="Optional. The agent learns only that it was refused; the note stays with people."
          rows={2}
          maxLength={2_000}
          value={said}
          onChange={({ target }) => setSaid(target.value)}
        />
      </div>
    </Dialog>
  );
}
