/** Agent, lane and week: all in the address. */
import type { WeeklyMetrics } from '@surety/core/wire';
import { IconButton, Select } from '../../ui/index.ts';
import { capital, laneWords } from '../../words/index.ts';
import { ALL_LANES, choices } from './chosen.ts';
import css from './weekly.module.css';

export function Choosers({
  agent,
  agents,
  lane,
  lanes,
  metrics: { week, weeks, says },
  onChoose,
}: {
  readonly agent: string;
  readonly agents: readonly { readonly agent: string }[];
  readonly lane: string | null;
  readonly lanes: readonly string[];
  readonly metrics: WeeklyMetrics;
  readonly onChoose: (one: Readonly<Record<string, string>>) => void;
}) {
  const shown = choices(week, weeks);
  const at = shown.indexOf(week);
  const [later, earlier] = [shown[at - 1], shown[at + 1]];
  const goTo = (one: string | undefined) => one !== undefined && onChoose({ week: one });
  return (
    <div className={css['choosers']}>
      <div className={css['chooserRow']}>
        <Select label="Agent" value={agent} onChange={({ target }) => onChoose({ agent: target.value, lane: '' })}>
          {agents.map((one) => (
            <option key={one.agent}>{one.agent}</option>
          ))}
        </Select>
        <Select label="Lane" value={lane ?? ALL_LANES} onChange={({ target }) => onChoose({ lane: target.value })}>
          {lanes.map((one) => (
            <option key={one} value={one}>
              {capital(laneWords(one))}
            </option>
          ))}
          <option value={ALL_LANES}>All lanes together</option>
        </Select>
        <div className={css['weekRow']}>
          <IconButton
            icon="left"
            label="Week before"
            blocked={earlier === undefined ? 'No earlier week has evidence.' : undefined}
            onClick={() => goTo(earlier)}
          />
          <Select label="Week" value={week} onChange={({ target }) => onChoose({ week: target.value })}>
            {shown.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
          <IconButton
            icon="right"
            label="Week after"
            blocked={later === undefined ? 'No later week has evidence.' : undefined}
            onClick={() => goTo(later)}
          />
        </div>
      </div>
      <p className={css['quiet']}>{says}</p>
    </div>
  );
}
