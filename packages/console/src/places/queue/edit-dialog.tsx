/** Other arguments in place of the agent's. They are another action: the pact judges them before they run. */
import type { HoldCard } from '@surety/core/wire';
import { type FormEvent, useState } from 'react';
import { useAct } from '../../api/index.ts';
import { Button, Dialog, ErrorNote, Field, TextArea } from '../../ui/index.ts';
import { argsOf, type Draft, draftOf } from './edited-args.ts';

export function EditDialog({
  hold,
  note,
  onDone,
  onClose,
}: {
  readonly hold: HoldCard['holds'][number];
  readonly note: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState<readonly Draft[]>(() => draftOf(hold.args));
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const answer = useAct('hold.answer', {
    changes: ['holds', 'today', 'conversations', 'decisions'],
    says: () => `Edited and approved: ${hold.tool}`,
    onDone,
    isErrorToasted: false,
  });
  function send(event: FormEvent) {
    event.preventDefault();
    // A form of one field is sent by Enter, whatever its button says.
    if (answer.isPending) return;
    const read = argsOf(draft);
    setWrong(read.wrong);
    if (read.wrong.size > 0) return;
    const bound = hold.args_sha256 === null ? {} : { args_sha256: hold.args_sha256 };
    answer.mutate({
      params: { id: hold.id },
      body: { answer: 'edit', args: read.args, ...bound, ...(note ? { note } : {}) },
    });
  }
  const change = (name: string, text: string) =>
    setDraft(draft.map((one) => (one.name === name ? { ...one, text } : one)));
  return (
    <Dialog
      title={`Edit ${hold.tool}`}
      onClose={onClose}
      isWide
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" icon="check" type="submit" form="edit" isBusy={answer.isPending}>
            Approve as edited
          </Button>
        </>
      }
    >
      <form id="edit" onSubmit={send} noValidate>
        {answer.error && <ErrorNote says={answer.error.message} />}
        <p>Your arguments run in place of the agent’s, once the pact has judged them. They are sent at once.</p>
        {draft.map(({ name, kind, text }) =>
          kind === 'text' && text.length < 60 && !text.includes('\n') ? (
            <Field
              key={name}
              label={name}
              value={text}
              wrong={wrong.get(name)}
              onChange={({ target }) => change(name, target.value)}
            />
          ) : kind === 'number' ? (
            <Field
              key={name}
              label={name}
              inputMode="decimal"
              value={text}
              wrong={wrong.get(name)}
              onChange={({ target }) => change(name, target.value)}
            />
          ) : (
            <TextArea
              key={name}
              label={name}
              rows={kind === 'text' ? 6 : 3}
              value={text}
              wrong={wrong.get(name)}
              {...(kind === 'json' ? { hint: 'As JSON' } : {})}
              onChange={({ target }) => change(name, target.value)}
            />
          ),
        )}
      </form>
    </Dialog>
  );
}
