/** An explanation as text for a terminal. */
import type { Explanation, Paragraph, Sentence } from './explanation.ts';

interface Options {
  readonly conditions?: boolean;
}

export function formatExplanation(explanation: Explanation, options: Options = {}): string {
  const { pact, version, says, binds, digest } = explanation;
  const lanes = explanation.lanes.map((lane) =>
    [lane.says, ...lane.paragraphs.map((paragraph) => formatParagraph(paragraph, options))].join('\n'),
  );
  const closing = explanation.closing.map((paragraph) => formatParagraph(paragraph, options)).join('\n');
  return [`${pact}, version ${version}\n${says}\n${binds}`, ...lanes, closing, digest].join('\n\n');
}

const formatParagraph = ({ opens, sentences }: Paragraph, options: Options): string =>
  [`  ${opens}:`, ...sentences.flatMap((sentence) => formatSentence(sentence, options))].join('\n');

function formatSentence({ id, says, condition, remarks = [] }: Sentence, { conditions }: Options): string[] {
  const line = [
    `    - ${says}`,
    ...(id === undefined ? [] : [`[${id}]`]),
    ...remarks.map((remark) => `(${remark})`),
  ].join(' ');
  return conditions && condition !== undefined ? [line, `        ${condition}`] : [line];
}
