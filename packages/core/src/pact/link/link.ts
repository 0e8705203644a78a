/** Links a pact that has been read: every name to what it stands for, every expression to a closure. */
import { canonical, encodeUtf8, isUnicode, sha256Hex } from '../../crypto/index.ts';
import type { JsonObject } from '../../terms/json.ts';
import { minorDigits, parseMoney } from '../../terms/money.ts';
import { fixedOffset, parseShare } from '../../terms/time.ts';
import { INT, recordOf, type Type } from '../condition/type.ts';
import type { RecordValue } from '../condition/unknown.ts';
import type { FactPlan, TraceFactPlan } from '../facts/fact-plan.ts';
import type { MemoryPlan } from '../facts/trace-memory.ts';
import type { DutyPlan, LanePlan, Pact, RuleName, ToolPlan } from '../pact.ts';
import { isRefused } from '../shape/args-schema.ts';
import type { Setting } from '../shape/convert.ts';
import { isShallow } from '../shape/depth.ts';
import type { Source } from '../source.ts';
import { HAND_OVER, isHandOver, type LaneFile, type PactFile, type ToolFile } from '../syntax.ts';
import { linkFacts } from './facts.ts';
import { digestOf, type LinkedFiles, linkFiles, type ReadFile } from './files.ts';
import { linkDuty, linkLimits } from './limits.ts';
import { readNamedTypes } from './named-types.ts';
import type { Reporter } from './reporter.ts';
import { linkRules, type RuleSite } from './rules.ts';
import { actionType, judgesType, type ScopeSource, ToolScope } from './scope.ts';
import { linkStrata } from './strata.ts';
import { linkTables } from './tables.ts';
import { linkArgs } from './tools.ts';

/** The clock-free setting that tables are converted in; zones other than fixed ones are unknown there. */
const settingOf = (file: PactFile, digits: number): Setting => ({
  digits,
  offset: (zone) => fixedOffset(zone ?? file.zone),
});

/** Gives the pact also when there were errors; who calls it looks at the reporter. */
export function linkPact(
  path: string,
  bytes: Uint8Array,
  file: PactFile,
  source: Source,
  read: ReadFile,
  reporter: Reporter,
): Pact {
  const digits = minorDigits(file.currency) ?? 2;
  const files = linkFiles(path, bytes, file, read, reporter);
  const named = readNamedTypes(file.types, reporter);
  const knownTools = new Set([
    ...Object.keys(file.reads ?? {}),
    ...Object.values(file.lanes).flatMap(({ may }) => Object.keys(may)),
    HAND_OVER,
  ]);
  const facts = linkFacts(file, named, knownTools, reporter);
  const phraseLists: (readonly string[])[] = [];
  const used = new Set<string>();
  const scopes: ScopeSource = {
    file,
    facts,
    tables: linkTables(file, facts, files, settingOf(file, digits), reporter),
    digits,
    reporter,
    phrases: (words) => phraseNumber(phraseLists, words),
    used: (name) => used.add(name),
  };
  const linker = { file, source, files, digits, scopes, reporter };
  const lanes = new Map(Object.entries(file.lanes).map(([name, lane]) => [name, linkLane(name, lane)]));
  const tools = linkTools(linker, lanes);
  const duties = linkDuties(linker);
  const strata = linkStrata(scopes);
  warnUnused(file, used, reporter);
  return {
    file,
    name: file.pact,
    version: file.version,
    digest: digestOf(file.format, files.files),
    currency: file.currency,
    digits,
    zone: file.zone,
    lanes,
    tools,
    reads: new Set(Object.keys(file.reads ?? {})),
    duties,
    strata,
    memory: memoryPlan(file, facts, tools, phraseLists, digits),
    given: [...facts.values()].filter((fact) => fact.from !== 'trace'),
    rules: ruleNames(file),
    files: files.files,
  };
}

interface Linker {
  readonly file: PactFile;
  readonly source: Source;
  readonly files: LinkedFiles;
  readonly digits: number;
  readonly scopes: ScopeSource;
  readonly reporter: Reporter;
}

function phraseNumber(lists: (readonly string[])[], words: readonly string[]): number {
  const known = lists.findIndex((list) => list.length === words.length && list.every((word, i) => word === words[i]));
  return known >= 0 ? known : lists.push(words) - 1;
}

function linkLane(name: string, lane: LaneFile): LanePlan {
  const values = (state: 'limited' | 'autonomous'): RecordValue => {
    const written = lane.autonomy?.[state] ?? {};
    return Object.fromEntries(Object.keys(lane.parameters ?? {}).map((key) => [key, parameterValue(written[key])]));
  };
  return {
    name,
    owner: lane.owner,
    enforced: lane.mode === 'enforce',
    autonomy: { limited: values('limited'), autonomous: values('autonomous') },
    holdSample: {
      limited: lane.autonomy?.limited?.hold_sample ?? 100_000,
      autonomous: lane.autonomy?.autonomous?.hold_sample ?? 20_000,
    },
  };
}

/** Money in minor units, a share in parts per million, an int as it is. */
export function parameterValue(written: string | number | undefined): number {
  if (typeof written === 'number') return written;
  return parseMoney(written ?? '')?.minor ?? parseShare(written ?? '') ?? 0;
}

function linkTools(linker: Linker, lanes: ReadonlyMap<string, LanePlan>): ReadonlyMap<string, ToolPlan> {
  const tools = new Map<string, ToolPlan>();
  for (const [laneName, lane] of Object.entries(linker.file.lanes))
    for (const [name, tool] of Object.entries(lane.may))
      tools.set(name, linkTool(linker, laneName, lane, name, tool, lanes.get(laneName)));
  if (!tools.has(HAND_OVER)) {
    const schema = linkArgs(HAND_OVER, {}, [], linker.digits, linker.files, linker.reporter);
    tools.set(HAND_OVER, {
      tool: HAND_OVER,
      lane: undefined,
      is: 'hand_over',
      schema,
      queues: new Map(),
      rules: [],
      limits: [],
      slots: [],
      judges: [],
      worth: undefined,
    });
  }
  return tools;
}

function linkTool(
  linker: Linker,
  laneName: string,
  lane: LaneFile,
  name: string,
  tool: ToolFile,
  plan: LanePlan | undefined,
): ToolPlan {
  const { digits, files, reporter, scopes, source } = linker;
  const path = ['lanes', laneName, 'may', name];
  const schema = linkArgs(name, tool, path, digits, files, reporter);
  const inline = Object.entries(lane.judged_on ?? {}).filter(([, rubric]) => rubric.when === 'inline');
  const scope = new ToolScope(scopes, {
    action: actionType(name, schema?.type),
    autonomy: autonomyType(lane),
    judges: judgesType(inline.map(([judge]) => judge)),
  });
  if (tool.target !== undefined && schema?.type.kind === 'record' && !schema.type.fields.has(tool.target))
    reporter.error([...path, 'target'], 'unknown_field', `${name} has no argument ${tool.target}`);
  const site: RuleSite = { scope, source, reporter, laneEnforced: lane.mode === 'enforce' };
  const isPerson = isHandOver(name, tool);
  // Without a schema nothing about the arguments is known: its conditions would all be errors of that one cause.
  const rules = schema ? linkRules(laneName, lane, name, site) : [];
  const limits = schema && !isPerson ? linkLimits(laneName, lane, name, site) : [];
  return {
    tool: name,
    lane: plan,
    is: isPerson ? 'hand_over' : tool.is,
    schema,
    queues: new Map(Object.entries(tool.queues ?? {})),
    rules,
    limits,
    slots: scope.slots,
    judges: inline.map(([judge]) => judge),
    worth: tool.worth === undefined || !schema ? undefined : scope.read([...path, 'worth'], tool.worth, INT)?.run,
  };
}

const autonomyType = (lane: LaneFile): Type =>
  recordOf(
    'autonomy',
    Object.fromEntries(
      Object.entries(lane.parameters ?? {}).map(([name, of]) => [name, of === 'int' ? INT : { kind: 'int', as: of }]),
    ),
  );

function linkDuties(linker: Linker): readonly DutyPlan[] {
  const persons = Object.values(linker.file.lanes).flatMap(({ may }) =>
    Object.entries(may)
      .filter(([name, tool]) => isHandOver(name, tool))
      .map(([name]) => name),
  );
  const duties: DutyPlan[] = [];
  for (const [laneName, lane] of Object.entries(linker.file.lanes)) {
    for (const [i, duty] of (lane.must ?? []).entries()) {
      const does = new Set(duty.do.flatMap((tool) => (tool === HAND_OVER ? [HAND_OVER, ...persons] : [tool])));
      const site: RuleSite = {
        scope: new ToolScope(linker.scopes, {}),
        source: linker.source,
        reporter: linker.reporter,
        laneEnforced: lane.mode === 'enforce',
      };
      const plan = linkDuty(laneName, duty, ['lanes', laneName, 'must', i], does, site);
      if (plan) duties.push(plan);
    }
  }
  return duties;
}

function memoryPlan(
  file: PactFile,
  facts: ReadonlyMap<string, FactPlan>,
  tools: ReadonlyMap<string, ToolPlan>,
  phraseLists: readonly (readonly string[])[],
  digits: number,
): MemoryPlan {
  const traceFacts = [...facts.values()].filter((fact): fact is TraceFactPlan => fact.from === 'trace');
  const factsByTool = new Map<string, TraceFactPlan[]>();
  for (const fact of traceFacts)
    for (const tool of fact.sources.keys()) factsByTool.set(tool, [...(factsByTool.get(tool) ?? []), fact]);
  const targets = new Map<string, string>();
  for (const { may } of Object.values(file.lanes))
    for (const [name, { target }] of Object.entries(may)) if (target) targets.set(name, target);
  for (const [name, { target }] of Object.entries(file.reads ?? {})) if (target) targets.set(name, target);
  const setting = settingOf(file, digits);
  return {
    facts: traceFacts,
    factsByTool,
    phraseLists,
    targets,
    failedWhen: { startsWith: file.results?.failed_when.starts_with ?? [], field: file.results?.failed_when.field },
    alias: new Map(
      [...tools.values()]
        .filter(({ is, tool }) => is === 'hand_over' && tool !== HAND_OVER)
        .map(({ tool }) => [tool, HAND_OVER]),
    ),
    replies: new Set([...tools.values()].filter(({ is }) => is === 'reply').map(({ tool }) => tool)),
    argsOf: (tool, args) => argsText(tools.get(tool), args ?? {}, setting),
  };
}

/** Arguments as they are hashed: normalised by the schema where they fit it, as sent where they do not. */
export function argsText(
  tool: ToolPlan | undefined,
  args: JsonObject,
  setting: Setting,
): { readonly text: string; readonly sha256: string } {
  // Refused when it is proposed; of a recorded call only its place among the others counts.
  if (!isShallow(args)) return { text: 'nested too deep', sha256: sha256Hex(encodeUtf8('nested too deep')) };
  const read = tool?.schema?.read(args, setting);
  // What is not Unicode is refused when it is proposed; a recording may still hold it.
  const text = isUnicode(args) ? canonical(read && !isRefused(read) ? read.clean : args) : JSON.stringify(args);
  return {
    text,
    get sha256() {
      return sha256Hex(encodeUtf8(text));
    },
  };
}

function ruleNames(file: PactFile): readonly RuleName[] {
  return Object.entries(file.lanes).flatMap(([lane, plan]) => {
    const row =
      (kind: RuleName['kind']) =>
      ({
        id,
        says,
        severity,
        mode,
      }: {
        id: string;
        says: string;
        severity: RuleName['severity'];
        mode?: 'shadow' | 'enforce' | undefined;
      }): RuleName => ({
        id,
        says,
        lane,
        kind,
        severity,
        enforced: plan.mode === 'enforce' && mode !== 'shadow',
      });
    return [
      ...(plan.never ?? []).map(row('never')),
      ...(plan.ask_a_human_if ?? []).map(row('ask_a_human_if')),
      ...(plan.must ?? []).map(row('must')),
      ...(plan.limits ?? []).map(row('limit')),
    ];
  });
}

function warnUnused(file: PactFile, used: ReadonlySet<string>, reporter: Reporter): void {
  for (const name of Object.keys(file.facts ?? {}))
    if (!used.has(name)) reporter.warn(['facts', name], 'unused', `No rule needs the fact ${name}`);
  for (const name of Object.keys(file.define ?? {}))
    if (!used.has(name)) reporter.warn(['define', name], 'unused', `No rule needs ${name}`);
}
