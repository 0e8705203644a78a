/** The tables of the console's views, once for both databases. Only their consumer writes them, with its cursor. */
import type { DecisionFilter, ViewChanges, ViewedConversation, ViewedDecision, ViewPage, ViewReads } from '../port.ts';
import { type Cell, int, isAbsent, type Sql, type SqlRow, text } from './sql.ts';

export const VIEW_TABLES = [
  `CREATE TABLE view_conversation (conversation TEXT NOT NULL, agent TEXT NOT NULL, opened_at INT NOT NULL,
     last_at INT NOT NULL, last_seq INT NOT NULL, allowed INT NOT NULL, held INT NOT NULL, denied INT NOT NULL,
     open_holds INT NOT NULL, handed_over INT NOT NULL, imported INT NOT NULL, named INT NOT NULL, named_rank INT NOT NULL,
     PRIMARY KEY (conversation, agent))`,
  'CREATE INDEX view_conversation_last ON view_conversation (last_seq)',
  'CREATE INDEX view_conversation_agent ON view_conversation (agent, last_seq)',
  'CREATE TABLE view_item (conversation TEXT NOT NULL, seq INT NOT NULL, PRIMARY KEY (conversation, seq))',
  `CREATE TABLE view_decision (seq INT PRIMARY KEY, conversation TEXT NOT NULL, agent TEXT NOT NULL, lane TEXT NOT NULL,
     decision TEXT NOT NULL)`,
  'CREATE INDEX view_decision_any ON view_decision (decision, seq)',
  'CREATE INDEX view_decision_agent ON view_decision (agent, decision, seq)',
  'CREATE INDEX view_decision_lane ON view_decision (lane, decision, seq)',
  'CREATE INDEX view_decision_both ON view_decision (agent, lane, decision, seq)',
  'CREATE TABLE view_tally (quarter INT NOT NULL, what TEXT NOT NULL, n INT NOT NULL, PRIMARY KEY (quarter, what))',
  'CREATE TABLE view_stop (agent TEXT NOT NULL, lane TEXT NOT NULL, seq INT NOT NULL, PRIMARY KEY (agent, lane))',
  'CREATE TABLE view_version (agent TEXT NOT NULL, seq INT NOT NULL, version INT NOT NULL, PRIMARY KEY (agent, seq))',
];
const NAMES = ['conversation', 'item', 'decision', 'tally', 'stop', 'version'];

/** In place of no lane, which no lane is called. */
const NO_LANE = '';
const ROWS_A_STATEMENT = 50;

export async function changeViews(sql: Sql, changes: ViewChanges): Promise<void> {
  await insert(
    sql,
    'view_item (conversation, seq)',
    changes.items.map(({ conversation, seq }) => [conversation, seq]),
  );
  await insert(
    sql,
    'view_decision (seq, conversation, agent, lane, decision)',
    changes.decisions.map(({ seq, conversation, agent, lane, decision }) => [
      seq,
      conversation,
      agent,
      lane ?? NO_LANE,
      decision,
    ]),
  );
  await insert(
    sql,
    `view_conversation (conversation, agent, opened_at, last_at, last_seq, allowed, held, denied, open_holds, handed_over,
       imported, named, named_rank)`,
    changes.conversations.map((one) => [
      one.conversation,
      one.agent,
      one.openedAt,
      one.at,
      one.seq,
      one.allow,
      one.hold,
      one.deny,
      one.openHolds,
      Number(one.handedOver),
      Number(one.imported),
      one.named?.seq ?? -1,
      one.named?.rank ?? -1,
    ]),
    ADDED,
  );
  await insert(
    sql,
    'view_tally (quarter, what, n)',
    changes.tallies.map(({ quarter, what, count }) => [quarter, what, count]),
    'ON CONFLICT (quarter, what) DO UPDATE SET n = view_tally.n + excluded.n',
  );
  await insert(
    sql,
    'view_version (agent, seq, version)',
    changes.versions.map(({ agent, seq, version }) => [agent, seq, version]),
  );
  for (const { agent, lane, seq } of changes.stops)
    if (seq === undefined) await resume(sql, agent, lane);
    else
      await sql.run(
        `INSERT INTO view_stop (agent, lane, seq) VALUES ($1, $2, $3)
         ON CONFLICT (agent, lane) DO UPDATE SET seq = excluded.seq`,
        agent,
        lane,
        seq,
      );
}

const later = (column: string): string =>
  `${column} = CASE WHEN excluded.last_seq > view_conversation.last_seq THEN excluded.${column} ELSE view_conversation.${column} END`;
const added = (column: string): string => `${column} = view_conversation.${column} + excluded.${column}`;
const either = (column: string): string =>
  `${column} = CASE WHEN excluded.${column} = 1 THEN 1 ELSE view_conversation.${column} END`;
const better = (column: string): string =>
  `${column} = CASE WHEN excluded.named_rank >= view_conversation.named_rank AND excluded.named >= 0
     THEN excluded.${column} ELSE view_conversation.${column} END`;
const ADDED = `ON CONFLICT (conversation, agent) DO UPDATE SET ${[
  ...['last_at', 'last_seq'].map(later),
  ...['allowed', 'held', 'denied', 'open_holds'].map(added),
  ...['handed_over', 'imported'].map(either),
  ...['named', 'named_rank'].map(better),
].join(', ')}`;

/** Without a lane an agent is resumed everywhere. */
async function resume(sql: Sql, agent: string, lane: string): Promise<void> {
  if (lane === NO_LANE) await sql.run('DELETE FROM view_stop WHERE agent = $1', agent);
  else await sql.run('DELETE FROM view_stop WHERE agent = $1 AND lane = $2', agent, lane);
}

/** Many rows a statement: on PostgreSQL each one is a round trip. */
async function insert(sql: Sql, into: string, rows: readonly Cell[][], then = ''): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_A_STATEMENT) {
    const some = rows.slice(i, i + ROWS_A_STATEMENT);
    let n = 0;
    const values = some.map((row) => `(${row.map(() => `$${++n}`).join(', ')})`).join(', ');
    await sql.run(`INSERT INTO ${into} VALUES ${values} ${then}`, ...some.flat());
  }
}

export async function emptyViews(sql: Sql, consumer: string): Promise<void> {
  for (const name of NAMES) await sql.run(`DELETE FROM view_${name}`);
  await sql.run('DELETE FROM consumer WHERE name = $1', consumer);
}

const CONVERSATION = `SELECT conversation, agent, opened_at, last_at, last_seq, allowed, held, denied, open_holds,
  handed_over, imported, named FROM view_conversation`;
const LAST = Number.MAX_SAFE_INTEGER;

export function viewReads(sql: Sql): ViewReads {
  return {
    async conversationsPage(agent, { before = LAST, limit }) {
      const rows =
        agent === undefined
          ? await sql.all(`${CONVERSATION} WHERE last_seq < $1 ORDER BY last_seq DESC LIMIT $2`, before, limit)
          : await sql.all(
              `${CONVERSATION} WHERE agent = $1 AND last_seq < $2 ORDER BY last_seq DESC LIMIT $3`,
              agent,
              before,
              limit,
            );
      return rows.map(toConversation);
    },
    async conversationsNamed(names) {
      const rows = await sql.each(`${CONVERSATION} WHERE conversation IN ($keys)`, names);
      return rows.map(toConversation).sort((a, b) => a.openedAt - b.openedAt || a.lastSeq - b.lastSeq);
    },
    async itemsOf(conversation, { before = LAST, limit }) {
      const rows = await sql.all(
        'SELECT seq FROM view_item WHERE conversation = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3',
        conversation,
        before,
        limit,
      );
      return rows.map((row) => int(row, 'seq'));
    },
    decisionsPage: (filter, page) => decisionsPage(sql, filter, page),
    async tallies(fromQuarter) {
      const rows = await sql.all('SELECT what, n FROM view_tally WHERE quarter >= $1', fromQuarter);
      const tallies = new Map<string, number>();
      for (const row of rows) tallies.set(text(row, 'what'), (tallies.get(text(row, 'what')) ?? 0) + int(row, 'n'));
      return tallies;
    },
    async stops() {
      const rows = await sql.all('SELECT agent, lane, seq FROM view_stop ORDER BY seq');
      return rows.map((row) => ({ agent: text(row, 'agent'), lane: text(row, 'lane'), seq: int(row, 'seq') }));
    },
    async versionBefore(agent, seq) {
      const [row] = await sql.all(
        'SELECT version FROM view_version WHERE agent = $1 AND seq < $2 ORDER BY seq DESC LIMIT 1',
        agent,
        seq,
      );
      return row ? int(row, 'version') : 1;
    },
  };
}

/** Each of the decisions in its own order of the index, then the latest of all: never more than the page is read of each. */
async function decisionsPage(
  sql: Sql,
  { agent, lane, decisions }: DecisionFilter,
  { before = LAST, limit }: ViewPage,
): Promise<ViewedDecision[]> {
  const select = 'SELECT seq, conversation, agent, lane, decision FROM view_decision WHERE';
  const given: [string, string][] = [];
  if (agent !== undefined) given.push(['agent', agent]);
  if (lane !== undefined) given.push(['lane', lane]);
  const found: ViewedDecision[] = [];
  for (const decision of decisions) {
    const where: [string, string][] = [...given, ['decision', decision]];
    const tests = where.map(([column], i) => `${column} = $${i + 1}`).join(' AND ');
    const n = where.length;
    const rows = await sql.all(
      `${select} ${tests} AND seq < $${n + 1} ORDER BY seq DESC LIMIT $${n + 2}`,
      ...where.map(([, value]) => value),
      before,
      limit,
    );
    found.push(...rows.map(toDecision));
  }
  return found.sort((a, b) => b.seq - a.seq).slice(0, limit);
}

const toDecision = (row: SqlRow): ViewedDecision => ({
  seq: int(row, 'seq'),
  conversation: text(row, 'conversation'),
  agent: text(row, 'agent'),
  lane: text(row, 'lane') === NO_LANE ? null : text(row, 'lane'),
  decision: text(row, 'decision'),
});

const toConversation = (row: SqlRow): ViewedConversation => ({
  conversation: text(row, 'conversation'),
  agent: text(row, 'agent'),
  openedAt: int(row, 'opened_at'),
  lastAt: int(row, 'last_at'),
  lastSeq: int(row, 'last_seq'),
  allow: int(row, 'allowed'),
  hold: int(row, 'held'),
  deny: int(row, 'denied'),
  openHolds: int(row, 'open_holds'),
  handedOver: int(row, 'handed_over') === 1,
  imported: int(row, 'imported') === 1,
  named: isAbsent(row, 'named') || int(row, 'named') < 0 ? undefined : int(row, 'named'),
});
