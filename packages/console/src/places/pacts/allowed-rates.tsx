/** What the allowed rates mean: in days without a violation, and on two hundred imagined agents. */
import type { PactText } from '@surety/core/wire';
import { useState } from 'react';
import { Button, ErrorNote, Field, Section, SkeletonRows } from '../../ui/index.ts';
import { capital, laneWords } from '../../words/index.ts';
import css from './allowed-rates.module.css';
import { Forecasted } from './forecasted.tsx';
import { useProspects, useSimulation } from './use-simulation.ts';

/** Beyond this a simulation takes minutes, and no proof waits for it. */
const MOST_A_DAY = 2_000;

export function AllowedRates({ text }: { readonly text: PactText }) {
  const [perDay, setPerDay] = useState<Readonly<Record<string, number>>>({});
  const { lanes, says } = useProspects(text, perDay);
  return (
    <Section
      title="What the allowed rates mean"
      sentence="How long an agent takes to earn more, and how soon a worse one is noticed, at your number of conversations."
    >
      {says !== undefined && <ErrorNote says={says} />}
      {lanes === undefined && says === undefined && <SkeletonRows rows={text.pact.lanes.length} says="Counting days" />}
      {lanes && (
        <ul className={css['lanes']}>
          {lanes.map((prospect) => (
            <LaneRates
              key={prospect.lane}
              text={text}
              {...prospect}
              onPerDay={(n) => setPerDay((before) => ({ ...before, [prospect.lane]: n }))}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

/** A whole number of conversations that can be simulated. */
export function perDayOf(typed: string): number | undefined {
  const n = Number(typed.trim());
  return typed.trim() !== '' && Number.isInteger(n) && n >= 1 && n <= MOST_A_DAY ? n : undefined;
}

const RUNS = 200;

function LaneRates({
  text,
  lane,
  perDay,
  says,
  onPerDay,
}: {
  readonly text: PactText;
  readonly lane: string;
  readonly perDay: number | null;
  readonly says: string;
  readonly onPerDay: (n: number) => void;
}) {
  const [typed, setTyped] = useState(perDay === null ? '' : String(perDay));
  const { simulation, begin, cancel } = useSimulation(text);
  const name = capital(laneWords(lane));
  const isWrong = typed !== '' && perDayOf(typed) === undefined;
  const isRunning = simulation.status === 'running';
  return (
    <li className={css['lane']}>
      <div className={css['said']}>
        <h3>{name}</h3>
        <p>{says}</p>
      </div>
      <div className={css['acts']}>
        <Field
          label="Conversations a day"
          aria-label={`Conversations a day in ${laneWords(lane)}`}
          inputMode="numeric"
          value={typed}
          wrong={isWrong ? `A whole number from 1 to ${MOST_A_DAY}.` : undefined}
          onChange={({ target }) => {
            setTyped(target.value);
            const n = perDayOf(target.value);
            if (n === undefined) return;
            cancel();
            onPerDay(n);
          }}
        />
        {isRunning ? (
          <Button icon="cross" onClick={cancel}>
            Stop
          </Button>
        ) : (
          <Button
            icon="agents"
            blocked={perDay === null ? 'First enter how many conversations a day there are.' : undefined}
            onClick={() => perDay !== null && begin(lane, perDay, RUNS)}
          >
            Simulate {RUNS} agents
          </Button>
        )}
      </div>
      {isRunning && (
        <div className={css['progress']} role="status">
          <progress value={simulation.done} max={simulation.of} aria-label={`Progress of the simulation of ${name}`} />
          <span>
            {simulation.done} of {simulation.of} agents
          </span>
        </div>
      )}
      {simulation.says !== undefined && <ErrorNote says={simulation.says} />}
      {simulation.result && <Forecasted lane={name} {...simulation.result} />}
    </li>
  );
}
