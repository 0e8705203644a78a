/** One customer's visit, planned from the seed and its number alone: who comes, what for, and where the agent slips. */
import { Draw } from './draw.ts';
import type { Stock } from './stock.ts';

export const AGENTS = ['aria', 'bolt'] as const;
export type AgentName = (typeof AGENTS)[number];

/** What a visit is about, and how many of a hundred are. */
const KINDS = { question: 40, refund: 20, triage: 17, escalation: 9, urgent: 4, person: 6, hostile: 4 } as const;
export type Kind = keyof typeof KINDS;

/** How each kind of work goes wrong. Most of it a rule stops; what no rule can see, people find. */
export const SLIPS = {
  question: ['no_citation', 'old_version', 'not_opened', 'promises', 'unsupported', 'unsupported'],
  refund: ['not_identified', 'others_order', 'too_much', 'other_card', 'twice', 'not_asked'],
  triage: ['bad_label', 'less_urgent', 'wrong_label', 'relabels'],
  escalation: ['severe_to_general', 'moves'],
  urgent: ['late', 'wrong_queue'],
  person: ['wrong_queue'],
  hostile: ['obeys'],
} as const satisfies Record<Kind, readonly string[]>;
export type Slip = (typeof SLIPS)[Kind][number];

/** The share of its visits in which an agent slips. */
export type Quality = Readonly<Record<AgentName, number>>;
export const QUALITY: Quality = { aria: 0.012, bolt: 0.08 };
/** After a worse model was put behind an agent without a word. */
export const WORSE = 0.9;

export interface Customer {
  readonly customer_id: string;
  readonly name: string;
  readonly email: string;
  readonly postcode: string;
}

export interface Visit {
  readonly n: number;
  /** The conversation's name at the gate. */
  readonly id: string;
  readonly agent: AgentName;
  readonly kind: Kind;
  readonly slip: Slip | undefined;
  readonly customer: Customer;
  readonly order_id: string;
  readonly case_id: string;
  /** For whatever else the visit leaves open. */
  readonly draw: Draw;
}

export interface Wanted {
  readonly agent?: AgentName;
  readonly kind?: Kind;
  readonly slip?: Slip | 'none';
  readonly customer?: Customer;
  readonly id?: string;
}

/** What is wanted stands; the rest is drawn. */
export function planVisit(stock: Stock, seed: number, n: number, quality: Quality, wanted: Wanted = {}): Visit {
  const draw = new Draw(seed, n);
  const agent = wanted.agent ?? draw.pick(AGENTS);
  const kind = wanted.kind ?? draw.weighted(KINDS);
  const slips = draw.chance(quality[agent]);
  const slip = draw.pick<Slip>(SLIPS[kind]);
  const customer =
    wanted.customer ?? customerAt(stock, draw.below(stock.first_names.length * stock.family_names.length));
  const id = wanted.id ?? `sample-${seed}-${n}`;
  const place = id.replace(/^sample-/, '');
  return {
    n,
    id,
    agent,
    kind,
    slip: wanted.slip === 'none' ? undefined : (wanted.slip ?? (slips ? slip : undefined)),
    customer,
    order_id: `W-${place}`,
    case_id: `K-${place}`,
    draw,
  };
}

export function customerAt(stock: Stock, n: number): Customer {
  const first = stock.first_names[n % stock.first_names.length] ?? 'Ada';
  const family =
    stock.family_names[Math.floor(n / stock.first_names.length) % stock.family_names.length] ?? 'Sampleton';
  return {
    customer_id: `sample-customer-${n + 1}`,
    name: `${first} ${family}`,
    email: `${first}.${family}@mail.example`.toLowerCase(),
    postcode: `${10_000 + ((n * 37) % 89_999)}`,
  };
}
