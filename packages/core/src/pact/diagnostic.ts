/** What is wrong with a pact: a closed list of codes, each with a place. Tests assert code and range, never prose. */

export const DIAGNOSTIC_CODES = [
  'yaml_syntax',
  'yaml_duplicate_key',
  'yaml_anchor',
  'yaml_alias',
  'yaml_merge',
  'yaml_tag',
  'yaml_directive',
  'yaml_documents',
  'yaml_tab',
  'yaml_bom',
  'yaml_depth',
  'yaml_encoding',
  'yaml_key',
  'yaml_number',
  'unknown_key',
  'missing_key',
  'bad_value',
  'bad_unit',
  'unknown_name',
  'unknown_field',
  'unknown_function',
  'type_mismatch',
  'not_bool',
  'double_literal',
  'regex_refused',
  'refused',
  'expression_syntax',
  'nesting',
  'too_dear',
  'circular',
  'duplicate_id',
  'duplicate_tool',
  'unknown_owner',
  'same_person',
  'unknown_consequence',
  'unreachable_rule',
  'unused',
  'unbounded_exposure',
  'personal_text',
  'binds_hand_over',
  'no_fact_for_tool',
  'text_relaxes',
  'text_trusted',
  'file_missing',
  'file_empty',
  'path_escapes',
  'limit_file_bytes',
  'limit_all_files_bytes',
  'limit_lanes',
  'limit_rules',
  'limit_tool_limits',
  'limit_duties',
  'limit_definitions',
  'limit_facts',
  'limit_types',
  'limit_owners',
  'limit_consequences',
  'limit_expression_chars',
  'limit_expression_nodes',
  'limit_literal_items',
  'limit_sentence_chars',
  'limit_window_days',
  'limit_list_items',
  'limit_http_timeout',
  'limit_entry_bytes',
] as const;
export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number];

/** Lines and columns count from 1, columns in UTF-16 units; the end is the first column after the place. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly range: Range;
  readonly says: string;
  readonly hint?: string | undefined;
}

/** Where a value stands: keys and list positions from the root of a YAML file. */
export type Path = readonly (string | number)[];

/** `lanes.refunds.never[0]`; empty for the root. */
export const showPath = (path: Path): string =>
  path.reduce<string>((shown, step) => {
    if (typeof step === 'number') return `${shown}[${step}]`;
    return shown === '' ? step : `${shown}.${step}`;
  }, '');

/** By file, then by place; at one place by code. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...diagnostics].sort(
    (a, b) =>
      order(a.file, b.file) ||
      a.range.line - b.range.line ||
      a.range.column - b.range.column ||
      order(a.code, b.code) ||
      order(a.says, b.says),
  );
}
