/** Can a stranger check all of it? The decisions, each with its receipt. */
import type { DecisionList } from '@surety/core/wire';
import { useSearchParams } from 'wouter';
import { useAgents, useDecisions, useToday } from '../../api/index.ts';
import { links } from '../../links.ts';
import { Await, Button, Empty, numberText, Page, PlainText, RelativeTime, Select, Table } from '../../ui/index.ts';
import { DECIDED, DecisionBadge, laneWords } from '../../words/index.ts';
import css from './proof.module.css';

type Decision = keyof typeof DECIDED;
const isDecision = (word: string | null): word is Decision => word !== null && Object.hasOwn(DECIDED, word);

const ROWS = 50;

export default function ProofPage() {
  const [search, setSearch] = useSearchParams();
  const today = useToday();
  const decision = search.get('decision');
  const [agent, lane, before] = ['agent', 'lane', 'before'].map((name) => search.get(name) ?? undefined);
  const decisions = useDecisions({
    limit: ROWS,
    ...(agent === undefined ? {} : { agent }),
    ...(lane === undefined ? {} : { lane }),
    ...(isDecision(decision) ? { decision } : {}),
    ...(before === undefined ? {} : { before: Number(before) }),
  });
  const choose = (name: string, value: string) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      next.delete('before');
      if (value === '') next.delete(name);
      else next.set(name, value);
      return next;
    });
  const size = today.data?.ledger.size;
  return (
    <Page
      title="Proof"
      sentence={
        size === undefined
          ? ' '
          : `The ledger holds ${numberText(size)} entries. Any decision opens with every rule, and your browser checks its receipt itself.`
      }
    >
      <Filters agent={agent ?? ''} lane={lane ?? ''} decision={decision ?? ''} onChoose={choose} />
      <Await of={decisions}>
        {(list) => (
          <>
            <Rows list={list} isFiltered={search.size > 0} />
            {list.next !== null && (
              <div>
                <Button
                  icon="down"
                  onClick={() =>
                    setSearch((now) => {
                      const next = new URLSearchParams(now);
                      next.set('before', String(list.next));
                      return next;
                    })
                  }
                >
                  Older decisions
                </Button>
              </div>
            )}
          </>
        )}
      </Await>
    </Page>
  );
}

function Filters({
  agent,
  lane,
  decision,
  onChoose,
}: {
  readonly agent: string;
  readonly lane: string;
  readonly decision: string;
  readonly onChoose: (name: string, value: string) => void;
}) {
  const agents = useAgents().data?.agents ?? [];
  const lanes = [...new Set(agents.flatMap((one) => one.lanes.map((row) => row.lane)))].sort();
  return (
    <fieldset className={css['filters']} aria-label="Which decisions">
      <Select label="Agent" value={agent} onChange={({ target }) => onChoose('agent', target.value)}>
        <option value="">Every agent</option>
        {agents.map(({ agent: name }) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Select label="Lane" value={lane} onChange={({ target }) => onChoose('lane', target.value)}>
        <option value="">Every lane</option>
        {lanes.map((name) => (
          <option key={name} value={name}>
            {laneWords(name)}
          </option>
        ))}
      </Select>
      <Select label="Decision" value={decision} onChange={({ target }) => onChoose('decision', target.value)}>
        <option value="">Every decision</option>
        {Object.entries(DECIDED).map(([name, { word }]) => (
          <option key={name} value={name}>
            {word}
          </option>
        ))}
      </Select>
    </fieldset>
  );
}

function Rows({ list: { decisions }, isFiltered }: { readonly list: DecisionList; readonly isFiltered: boolean }) {
  if (decisions.length === 0)
    return isFiltered ? (
      <Empty title="No such decision.">Choose another agent, lane or decision above.</Empty>
    ) : (
      <Empty title="No decision is on the record yet.">
        The first action that an agent proposes appears here at once, with its receipt.
      </Empty>
    );
  return (
    <Table
      label="Decisions, newest first"
      rows={decisions}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => links.decision(id)}
      columns={[
        { head: 'Action', cell: ({ tool }) => <code>{tool}</code>, width: '18%' },
        {
          head: 'Decision',
          cell: ({ decision, enforced }) => <DecisionBadge decision={decision} isEnforced={enforced} />,
          width: '13%',
        },
        { head: 'Why', cell: ({ says }) => (says === null ? 'Nothing stopped it' : <PlainText text={says} />) },
        { head: 'Agent', cell: ({ agent }) => agent, width: '12%' },
        { head: 'Lane', cell: ({ lane }) => laneWords(lane), width: '14%' },
        { head: 'When', cell: ({ at }) => <RelativeTime at={at} />, width: '12%' },
      ]}
    />
  );
}
