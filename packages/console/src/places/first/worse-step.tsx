/** A worse model behind an agent, and nobody says so: what it does is evidence, and the lane narrows by itself. */
import type { AgentTrust } from '@surety/core/wire';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAct, useAgent, useBlocked } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Button, Icon } from '../../ui/index.ts';
import { capital, laneWords, StateBadge } from '../../words/index.ts';
import css from './first.module.css';
import { Step } from './step.tsx';

/** Behind this one the sample desk swaps the model. */
const AGENT = 'bolt';
const CHANGES = ['agents', 'today', 'conversations', 'holds'] as const;

type Lane = AgentTrust['lanes'][number];
export type LaneMove = Lane['history'][number] & Pick<Lane, 'lane'>;

/** Moves of its lanes after this entry, the newest first. */
export const movesAfter = ({ lanes }: Pick<AgentTrust, 'lanes'>, seq: number): LaneMove[] =>
  lanes
    .flatMap(({ lane, history }) => history.map((move) => ({ ...move, lane })))
    .filter((move) => move.seq > seq)
    .sort((a, b) => b.seq - a.seq);

export function WorseStep() {
  const agent = useAgent(AGENT).data;
  const [after, setAfter] = useState<number>();
  const blocked = useBlocked('sample.ask');
  const ask = useAct('sample.ask', { changes: CHANGES });
  const asked = ask.variables?.params?.scenario;
  const swap = () => {
    setAfter(agent ? Math.max(-1, ...movesAfter(agent, -1).map(({ seq }) => seq)) : -1);
    ask.mutate({ params: { scenario: 'worse-model' }, body: {} });
  };
  return (
    <Step n={3} title="A lane that narrows by itself">
      <p>
        Put a worse model behind {AGENT} without telling anybody. What it does is on the record, so what it may do
        shrinks lane by lane, and each move says why.
      </p>
      <div className={css['buttons']}>
        <Button
          kind={after === undefined ? 'primary' : 'secondary'}
          icon="alert"
          blocked={blocked}
          isBusy={ask.isPending && asked === 'worse-model'}
          onClick={swap}
        >
          Swap in a worse model
        </Button>
        {after !== undefined && (
          <Button
            icon="resume"
            blocked={blocked}
            isBusy={ask.isPending && asked === 'better-model'}
            onClick={() => ask.mutate({ params: { scenario: 'better-model' }, body: {} })}
          >
            Put the old model back
          </Button>
        )}
      </div>
      {after !== undefined && (
        <div className={css['shown']} aria-live="polite">
          {ask.data && <p>{ask.data.says}</p>}
          {agent && <Moves moves={movesAfter(agent, after)} />}
          <p>
            <Link href={links.agent(AGENT)}>See what {AGENT} may do now, and what that rests on</Link>
          </p>
        </div>
      )}
    </Step>
  );
}

const Moves = ({ moves }: { readonly moves: readonly LaneMove[] }) =>
  moves.length === 0 ? (
    <p className={css['waiting']}>
      <Icon name="clock" size={12} />
      Nothing has moved yet: one slip proves little, so the evidence gathers first …
    </p>
  ) : (
    <ol className={css['asked']}>
      {moves.map(({ lane, seq, to, sentence }) => (
        <li key={`${lane} ${seq}`}>
          <strong>{capital(laneWords(lane))}</strong>
          <StateBadge state={to} />
          <span className={css['why']}>{sentence}</span>
        </li>
      ))}
    </ol>
  );
