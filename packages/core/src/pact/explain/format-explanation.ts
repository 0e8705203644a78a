/** An explanation as text for a terminal. */
import type { Explanation, Paragraph, Sentence } from './explain.ts';

export function formatExplanation(explanation: Explanation, options: { readonly conditions?: boolean } = {}): string {
  const head = `${explanation.pact}, version ${explanation.version}\n${explanation.says}`;
  const lanes = explanation.lanes.map(({ says, paragraphs }) =>
    [says, ...paragraphs.map((p) => formatParagraph(p, options))].join('\n'),
  );
  const closing = explanation.closing.map((p) => formatParagraph(p, options));
  return [head, ...lanes, closing.join('\n'), explanation.digest].join('\n\n');
}

function formatParagraph({ opens, sentences }: Paragraph, options: { readonly conditions?: boolean }): string {
  return [`  ${opens}:`, ...sentences.flatMap((sentence) => formatSentence(sentence, options))].join('\n');
}

function formatSentence(
  { id, says, condition, shadow }: Sentence,
  { conditions }: { readonly conditions?: boolean },
): string[] {
  const line = `    - ${says}${id === undefined ? '' : ` [${id}]`}${shadow ? ' (tried in shadow, without effect yet)' : ''}`;
  return conditions && condition !== undefined ? [line, `        ${condition}`] : [line];
}
