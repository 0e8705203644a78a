/** `surety pact test`: runs the tests of pacts, and asks that every rule was seen firing and silent. */
import { dirname, join } from 'node:path';
import { formatDiagnostic, readTestFile, readYaml, runTests, type TestReport } from '@surety/core/pact';
import { isJsonObject } from '@surety/core/terms';
import { AskError, type Command, type ExitCode } from '../command.ts';
import { getPact, readNamed } from '../files/pact-files.ts';
import { zoneOffset } from '../files/zones.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface FileReport extends TestReport {
  readonly file: string;
  readonly ms: number;
}

export const pactTest: Command = {
  options: {},
  arguments: [1, 1_000],
  run(paths, _values, terminal): ExitCode {
    const reports = paths.map((path) => runFile(path, terminal));
    if (terminal.json) terminal.document(reports);
    return reports.every(({ passed }) => passed) ? 0 : 1;
  },
};

function runFile(path: string, terminal: Terminal): FileReport {
  const text = new TextDecoder().decode(readNamed(path));
  const start = performance.now();
  const { file, source, diagnostics } = readTestFile(path, text);
  const draw = (found: TestReport['diagnostics']) => {
    for (const diagnostic of found) terminal.draw(formatDiagnostic(diagnostic, text));
  };
  if (!file || !source) {
    if (isPact(path, text))
      throw new AskError(
        `${path} is a pact; name the file with its tests, such as ${path.replace(/\.ya?ml$/, '')}.test.yaml`,
      );
    draw(diagnostics);
    terminal.print(terminal.red(`${path}: this test file cannot be read`));
    return { file: path, ms: 0, results: [], coverage: [], gaps: [], diagnostics, passed: false };
  }
  const pact = getPact(join(dirname(path), file.pact), terminal);
  const report = runTests(pact, file, source, zoneOffset);
  const ms = Math.round(performance.now() - start);
  draw(report.diagnostics);
  show(path, report, ms, terminal);
  return { file: path, ms, ...report };
}

/** A likely slip: the pact was named in place of its tests. */
function isPact(path: string, text: string): boolean {
  const read = readYaml(path, text);
  const keys = read.ok && isJsonObject(read.value.value) ? read.value.value : {};
  return Object.hasOwn(keys, 'lanes') && !Object.hasOwn(keys, 'tests');
}

function show(path: string, { results, coverage, gaps, passed }: TestReport, ms: number, terminal: Terminal): void {
  for (const { name, passed: isGood, differences } of results) {
    terminal.print(isGood ? `${terminal.green('  ok ')} ${name}` : `${terminal.red('  no ')} ${name}`);
    for (const difference of differences) terminal.print(`        ${difference}`);
  }
  for (const gap of gaps) terminal.print(`${terminal.red('  gap')} ${gap}`);
  const good = results.filter((result) => result.passed).length;
  const whole = coverage.filter(({ fired, silent }) => fired && silent).length;
  const sum = `${path}: ${good} of ${results.length} tests pass, ${whole} of ${coverage.length} rules seen firing and silent, ${ms} ms`;
  terminal.print(passed ? terminal.green(sum) : terminal.red(sum));
}
