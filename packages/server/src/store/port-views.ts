/** The console's views (ledger, section 8.2): what the first `next` entries make, to be thrown away and rebuilt at will. */

/** What some entries change of one conversation of one agent: numbers are added, the rest takes the place of what was. */
export interface ConversationChange {
  readonly conversation: string;
  readonly agent: string;
  /** When it began, where it is new. */
  readonly openedAt: number;
  readonly at: number;
  /** The latest entry; -1 where only `handedOver` changes, which leaves its place in the order. */
  readonly seq: number;
  readonly allow: number;
  readonly hold: number;
  readonly deny: number;
  readonly openHolds: number;
  readonly handedOver: boolean;
  readonly imported: boolean;
  /** The entry that commits to the operator's names of it; a higher rank is not replaced by a lower one. */
  readonly named: { readonly seq: number; readonly rank: number } | undefined;
}

export interface ViewedConversation {
  readonly conversation: string;
  readonly agent: string;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly lastSeq: number;
  readonly allow: number;
  readonly hold: number;
  readonly deny: number;
  readonly openHolds: number;
  readonly handedOver: boolean;
  readonly imported: boolean;
  readonly named: number | undefined;
}

export interface ViewedDecision {
  /** The entry with the decision. */
  readonly seq: number;
  readonly conversation: string;
  readonly agent: string;
  readonly lane: string | null;
  readonly decision: string;
}

/** A stop (`seq`: its entry) or its end; the lane `''` is all of them. */
export interface StopChange {
  readonly agent: string;
  readonly lane: string;
  readonly seq: number | undefined;
}
export type ViewedStop = StopChange & { readonly seq: number };

export interface ViewChanges {
  readonly conversations: readonly ConversationChange[];
  /** Entries by the conversation they are about. */
  readonly items: readonly { readonly conversation: string; readonly seq: number }[];
  readonly decisions: readonly ViewedDecision[];
  /** How often something happened in a quarter of an hour since 1970. */
  readonly tallies: readonly { readonly quarter: number; readonly what: string; readonly count: number }[];
  readonly stops: readonly StopChange[];
  readonly versions: readonly { readonly agent: string; readonly seq: number; readonly version: number }[];
}

/** A page of a view: the rows before a place in its order, the latest first. */
export interface ViewPage {
  readonly before: number | undefined;
  readonly limit: number;
}

export interface DecisionFilter {
  readonly agent?: string | undefined;
  readonly lane?: string | undefined;
  readonly decisions: readonly string[];
}

export interface ViewReads {
  conversationsPage(agent: string | undefined, page: ViewPage): Promise<ViewedConversation[]>;
  /** One for each agent that took part, the first one first. */
  conversationsNamed(names: readonly string[]): Promise<ViewedConversation[]>;
  /** Indexes of a conversation's entries, the latest first. */
  itemsOf(conversation: string, page: ViewPage): Promise<number[]>;
  decisionsPage(filter: DecisionFilter, page: ViewPage): Promise<ViewedDecision[]>;
  /** What happened since a quarter of an hour began. */
  tallies(fromQuarter: number): Promise<Map<string, number>>;
  stops(): Promise<ViewedStop[]>;
  /** The version an agent had before an entry; 1 where nothing was declared. */
  versionBefore(agent: string, seq: number): Promise<number>;
}
