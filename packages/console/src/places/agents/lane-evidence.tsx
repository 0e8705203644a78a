/** One click deeper: what the sentence rests on, how the state moved, and which targets were missed. */
import type { LaneTrust } from '@surety/core/wire';
import { Badge, CopyText, Disclosure, ExactTime, numberText, Table } from '../../ui/index.ts';
import { capital, counted, type STATES, shareText } from '../../words/index.ts';
import css from './agents.module.css';

export function LaneEvidence({
  lane,
  trust: { streams, history, missed },
}: {
  readonly lane: string;
  readonly trust: LaneTrust;
}) {
  return (
    <div>
      {streams.length > 0 && (
        <Disclosure says={`What it rests on (${counted(streams.length, 'stream')})`}>
          <Table
            label={`What is measured in ${lane}`}
            rows={streams}
            keyOf={({ stream }) => stream}
            columns={[
              { head: 'Stream', cell: ({ stream }) => capital(stream.replaceAll('_', ' ')) },
              {
                head: 'Violations',
                cell: ({ violations, n }) => `${numberText(violations)} of ${numberText(n)}`,
                isNumber: true,
              },
              { head: 'At most', cell: ({ upper }) => shareText(upper), isNumber: true },
              { head: 'Allowed', cell: ({ allowed }) => shareText(allowed), isNumber: true },
              {
                head: 'Proven',
                cell: ({ proven }) =>
                  proven ? (
                    <Badge tone="allow" icon="check">
                      proven
                    </Badge>
                  ) : (
                    <Badge>not yet</Badge>
                  ),
              },
            ]}
          />
        </Disclosure>
      )}
      <Disclosure says={history.length === 0 ? 'It has never moved' : `How it moved (${history.length})`}>
        {history.length === 0 ? (
          <p className={css['faint']}>Every agent starts supervised; a move appears here with its reason.</p>
        ) : (
          <Table
            label={`Moves in ${lane}`}
            rows={history}
            keyOf={({ seq }) => String(seq)}
            columns={[
              { head: 'When', cell: ({ at }) => <ExactTime at={at} />, width: '14%' },
              { head: 'Move', cell: ({ from, to }) => moveOf(from, to), width: '22%' },
              { head: 'Why', cell: ({ sentence }) => sentence },
              {
                head: 'Entry',
                cell: ({ seq }) => <CopyText says="Copy the entry’s number" text={String(seq)} />,
                width: '10%',
              },
            ]}
          />
        )}
      </Disclosure>
      {missed.length > 0 && (
        <Disclosure says={`Targets it missed (${missed.length})`}>
          <Table
            label={`Targets missed in ${lane}`}
            rows={missed}
            keyOf={({ seq }) => String(seq)}
            columns={[
              { head: 'When', cell: ({ at }) => <ExactTime at={at} />, width: '14%' },
              { head: 'What was missed, and what followed', cell: ({ sentence }) => sentence },
              {
                head: 'Entry',
                cell: ({ seq }) => <CopyText says="Copy the entry’s number" text={String(seq)} />,
                width: '10%',
              },
            ]}
          />
        </Disclosure>
      )}
    </div>
  );
}

const moveOf = (from: keyof typeof STATES, to: keyof typeof STATES): string =>
  from === to ? `stays ${to}, evidence starts again` : `${from} → ${to}`;
