/** Explains a pact in plain language, from its own sentences by fixed templates. */
import { formatShare, formatSpan } from '../../terms/time.ts';
import type { Pact } from '../pact.ts';
import type { Explanation, Paragraph, Sentence } from './explanation.ts';
import { explainLane } from './lane-paragraphs.ts';
import { consequencesWords, list, lower, money, name } from './words.ts';

export function explainPact(pact: Pact): Explanation {
  const { file, name: pactName, version, digest } = pact;
  const where = file.channels ? ` on ${list(file.channels)}` : '';
  return {
    pact: pactName,
    version,
    digest,
    says: file.says,
    binds: `It binds ${list(file.agents)}${where}. What cannot be checked waits for a person.`,
    lanes: Object.entries(file.lanes).map(([lane, plan]) => explainLane(pact, lane, plan)),
    closing: [reads(pact), consequences(pact), terms(pact), evidence(pact)].filter(
      ({ sentences }) => sentences.length > 0,
    ),
  };
}

const reads = ({ file }: Pact): Paragraph => ({
  opens: 'It may look up at any time',
  sentences: Object.entries(file.reads ?? {}).map(([tool, { says }]) => ({
    says: says ? `${lower(says)} (${name(tool)})` : name(tool),
  })),
});

const consequences = ({ file }: Pact): Paragraph => ({
  opens: 'What follows',
  sentences: Object.entries(file.on_violation ?? {}).map(([severity, names]) => ({
    says: `After a ${severity} violation that got through and is confirmed: ${consequencesWords(file, names ?? [])}`,
  })),
});

function terms({ file: { terms: agreed }, currency }: Pact): Paragraph {
  if (!agreed) return { opens: 'Money', sentences: [] };
  const { account, fee, resolution, holdback, bond, caps } = agreed;
  const sentences: Sentence[] = [
    {
      says: `${account} gets ${money(fee.minor, currency)} for each verified resolution: ${lower(resolution.says)}; settled after ${formatSpan(resolution.settles_after)}`,
    },
  ];
  if (resolution.presumed)
    sentences.push({ says: `Where the customer stays silent, ${formatShare(resolution.presumed.pay)} of it is paid` });
  if (holdback) {
    const forfeit =
      holdback.forfeit_on.length > 0 ? `, and lost where ${list(holdback.forfeit_on, 'or')} is missed` : '';
    sentences.push({
      says: `${formatShare(holdback.share)} is held back for ${formatSpan(holdback.release_after)}${forfeit}`,
    });
  }
  if (bond)
    sentences.push({
      says: `A bond of ${money(bond.amount.minor, currency)}, topped up again within ${formatSpan(bond.top_up_within)}`,
    });
  for (const kind of ['charges', 'credits'] as const) {
    const cap = caps?.[kind];
    if (cap)
      sentences.push({
        says: `${kind === 'charges' ? 'Charges' : 'Credits'} in a month are at most ${money(cap.minor, currency)}`,
      });
  }
  return { opens: 'Money', sentences };
}

const evidence = ({ file: { evidence: kept } }: Pact): Paragraph => ({
  opens: 'Evidence',
  sentences: [
    { says: `Kept for ${formatSpan(kept.keep)}; personal values are erased after ${formatSpan(kept.erase_after)}` },
  ],
});
