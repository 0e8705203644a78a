/** The pact in plain language: a sentence that is pressed lights its lines beside it. */
import type { Explanation } from '@surety/core/pact';
import type { PactText } from '@surety/core/wire';
import { useEffect, useRef } from 'react';
import { classes } from '../../ui/index.ts';
import { keyOf } from './light.ts';
import css from './pacts.module.css';

type Paragraph = Explanation['closing'][number];
interface Light {
  readonly lines: PactText['lines'];
  readonly lit: string | undefined;
  readonly onLight: (key: string) => void;
}

export function PlainLanguage({
  explanation: { says, binds, lanes, closing },
  ...light
}: Light & {
  readonly explanation: Explanation;
}) {
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (light.lit) pane.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  }, [light.lit]);
  return (
    <div className={css['pane']} ref={pane}>
      <div className={css['paneHead']}>In plain language</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={css['plain']} tabIndex={0} aria-label="In plain language">
        <div>
          <p>{says}</p>
          <p>{binds}</p>
        </div>
        {lanes.map(({ lane, says: title, paragraphs }) => (
          <div key={lane} className={css['laneText']}>
            <LaneTitle text={title} />
            {paragraphs.map((paragraph) => (
              <ParagraphView key={paragraph.opens} paragraph={paragraph} lane={lane} {...light} />
            ))}
          </div>
        ))}
        <div className={css['closing']}>
          {closing.map((paragraph) => (
            <ParagraphView key={paragraph.opens} paragraph={paragraph} lane="" {...light} />
          ))}
        </div>
      </section>
    </div>
  );
}

/** `Refund checks. Without the gate nothing happens here.`: the first sentence is the lane's name. */
function LaneTitle({ text }: { readonly text: string }) {
  const [name = text, ...rest] = text.split(/\.\s+/);
  return (
    <>
      <h2>{name.replace(/\.$/, '')}</h2>
      {rest.length > 0 && <p>{rest.join('. ')}</p>}
    </>
  );
}

function ParagraphView({
  paragraph: { opens, sentences },
  lane,
  ...light
}: Light & {
  readonly paragraph: Paragraph;
  readonly lane: string;
}) {
  return (
    <div className={css['paragraph']}>
      <h3>{opens}</h3>
      <ul>
        {sentences.map((sentence) => (
          <li key={`${sentence.id} ${sentence.says}`}>
            <SentenceView sentence={sentence} lane={lane} {...light} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function SentenceView({
  sentence,
  lane,
  lines,
  lit,
  onLight,
}: Light & {
  readonly sentence: Paragraph['sentences'][number];
  readonly lane: string;
}) {
  const key = keyOf(sentence, lane, lines);
  const text = (
    <>
      {withCode(sentence.says)}
      {sentence.id && <span className={css['id']}>{sentence.id}</span>}
      {(sentence.remarks ?? []).map((remark) => (
        <span key={remark} className={css['remark']}>
          {withCode(remark)}
        </span>
      ))}
      {sentence.condition && key === lit && <span className={css['condition']}>{sentence.condition}</span>}
    </>
  );
  if (key === undefined) return <span className={css['sentence']}>{text}</span>;
  return (
    <button
      type="button"
      className={classes(css['sentence'])}
      aria-pressed={key === lit}
      onClick={() => onLight(key === lit ? '' : key)}
    >
      {text}
    </button>
  );
}

/** Names in backticks are shown as names. */
const withCode = (text: string) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never move
  text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
