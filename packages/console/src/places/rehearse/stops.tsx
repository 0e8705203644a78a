/** Every stop beside its sentence and its conversation; one key says that the agent was right. */
import type { ConversationItem } from '@surety/core/wire';
import { useEffect, useRef, useState } from 'react';
import { Arguments, Reasons, Thread } from '../../record/index.ts';
import { STOPS_MAX, type Stop } from '../../rehearsal/messages.ts';
import { announce, Button, Kbd, PlainText, useShortcuts } from '../../ui/index.ts';
import { counted, DecisionBadge, laneWords } from '../../words/index.ts';
import { disagreementsText } from './disagreements.ts';
import css from './rehearse.module.css';

export function Stops({ stops, of }: { readonly stops: readonly Stop[]; readonly of: number }) {
  const [at, setAt] = useState(0);
  const [right, setRight] = useState<ReadonlySet<string>>(new Set());
  const list = useRef<HTMLUListElement>(null);
  const stop = stops[Math.min(at, stops.length - 1)];
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the chosen row that is brought into sight
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  function mark() {
    if (!stop) return;
    const next = new Set(right);
    if (!next.delete(stop.key)) next.add(stop.key);
    setRight(next);
    announce(next.has(stop.key) ? 'Marked: this was right' : 'No longer marked');
    if (next.has(stop.key)) setAt(Math.min(at + 1, stops.length - 1));
  }
  const step = (by: number) => setAt(Math.min(Math.max(at + by, 0), stops.length - 1));
  useShortcuts([
    { keys: 'j', says: 'Next stop', run: () => step(1) },
    { keys: 'k', says: 'Previous stop', run: () => step(-1) },
    { keys: 'w', says: 'This was right', run: mark },
  ]);
  if (!stop) return null;
  return (
    <section aria-label="What would have been stopped" className={css['stops']}>
      <div className={css['stopsHead']}>
        <h2>
          {counted(of, 'stop')}
          {of > STOPS_MAX && `; the first ${STOPS_MAX} are shown`}
        </h2>
        <p className={css['quiet']} aria-live="polite">
          {right.size === 0
            ? 'Where the agent was right, press W: what you disagree with becomes a list for whoever writes the pact.'
            : `You disagree with ${right.size} of ${counted(of, 'stop')}.`}
        </p>
        {right.size > 0 && (
          <Button icon="download" onClick={() => save(stops.filter(({ key }) => right.has(key)))}>
            Save the disagreements
          </Button>
        )}
      </div>
      <div className={css['panes']}>
        <ul ref={list} className={css['list']} aria-label="Stops">
          {stops.map((one, index) => (
            <li key={one.key}>
              <button
                type="button"
                className={css['row']}
                aria-current={index === at}
                data-right={right.has(one.key)}
                onClick={() => setAt(index)}
              >
                <span className={css['rowHead']}>
                  <code>{one.tool}</code>
                  <DecisionBadge decision={one.decision} isEnforced={one.enforced} />
                </span>
                <span className={css['rowSays']}>{one.reasons[0]?.says}</span>
                {right.has(one.key) && <span className={css['mark']}>this was right</span>}
              </button>
            </li>
          ))}
        </ul>
        <Opened stop={stop} isRight={right.has(stop.key)} onMark={mark} />
      </div>
    </section>
  );
}

const Opened = ({
  stop,
  isRight,
  onMark,
}: {
  readonly stop: Stop;
  readonly isRight: boolean;
  readonly onMark: () => void;
}) => {
  const call = stop.conversation.steps[stop.step];
  return (
    <article className={css['opened']} key={stop.key} aria-label={`Stopped: ${stop.tool}`}>
      <header className={css['openedHead']}>
        <div>
          <h3>
            <code>{stop.tool}</code> <span className={css['quiet']}>{laneWords(stop.lane)}</span>
          </h3>
          <p className={css['quiet']}>
            <PlainText text={stop.conversation.id} />
          </p>
        </div>
        <Button icon="check" kind={isRight ? 'primary' : 'secondary'} aria-pressed={isRight} onClick={onMark}>
          This was right <Kbd keys="w" />
        </Button>
      </header>
      {call?.kind === 'call' && <Arguments args={call.args ?? call.args_text} />}
      <Reasons reasons={stop.reasons.map((reason) => ({ ...reason, cause: reason.cause, fact: reason.fact }))} />
      <h3>The conversation</h3>
      <Thread items={stop.conversation.steps.map(toItem)} shownAt={stop.step} />
    </article>
  );
};

/** A recorded step as an item of a conversation; a recording has no entries. */
function toItem(step: Stop['conversation']['steps'][number]): ConversationItem {
  const placed = { at: step.at === undefined ? null : new Date(step.at).toISOString(), seq: 0 };
  if (step.kind === 'call')
    return {
      item: 'call',
      tool: step.tool,
      args: step.args ?? step.args_text ?? null,
      result: step.result ?? step.result_text ?? null,
      ok: step.ok ?? null,
      ...placed,
    };
  return { item: 'message', role: step.kind === 'customer' ? 'customer' : 'agent', text: step.text, ...placed };
}

function save(stops: readonly Stop[]): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([disagreementsText(stops)], { type: 'application/x-ndjson' }));
  link.download = 'disagreements.jsonl';
  link.click();
  URL.revokeObjectURL(link.href);
}
