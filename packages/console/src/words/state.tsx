/** Trust states and decisions as words with their sign. */
import type { Decision, TrustState } from '@surety/core/terms';
import { Badge, type IconName, numberText, type Tone } from '../ui/index.ts';

interface Said {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
  /** What it means for the agent, as the end of a sentence that begins with its name. */
  readonly means: string;
}

export const STATES: Readonly<Record<TrustState, Said>> = {
  suspended: { word: 'suspended', tone: 'deny', icon: 'stop', means: 'may do nothing here but hand over to a person' },
  supervised: { word: 'supervised', tone: 'plain', icon: 'supervised', means: 'acts only after a person has said yes' },
  limited: { word: 'limited', tone: 'limited', icon: 'limited', means: 'acts alone within tight limits' },
  autonomous: { word: 'autonomous', tone: 'allow', icon: 'autonomous', means: 'acts alone within its pact' },
};
export const DECIDED: Readonly<Record<Decision, Said>> = {
  allow: { word: 'allowed', tone: 'allow', icon: 'check', means: 'went on' },
  hold: { word: 'held', tone: 'hold', icon: 'hold', means: 'waits for a person' },
  deny: { word: 'denied', tone: 'deny', icon: 'cross', means: 'was stopped' },
};

export const StateBadge = ({ state }: { readonly state: TrustState }) => {
  const { word, tone, icon } = STATES[state];
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
};

/** In shadow a decision is recorded and stops nothing. */
export const DecisionBadge = ({
  decision,
  isEnforced = true,
}: {
  readonly decision: Decision;
  readonly isEnforced?: boolean;
}) => {
  const { word, tone, icon } = DECIDED[decision];
  if (!isEnforced && decision !== 'allow')
    return (
      <Badge tone="plain" icon="shadow">
        would be {word}
      </Badge>
    );
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  );
};

/** The gate of an agent is shut, whatever its state. */
export const StoppedBadge = () => (
  <Badge tone="deny" icon="stop">
    stopped
  </Badge>
);
export const ShadowBadge = () => (
  <Badge tone="plain" icon="shadow">
    in shadow
  </Badge>
);

/** `refund_checks` → refund checks. */
export const laneWords = (lane: string | null): string => (lane === null ? 'no lane' : lane.replaceAll('_', ' '));
/** At the head of a line. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** 1 hold, 2 holds. */
export const counted = (n: number, one: string, many = `${one}s`): string => `${numberText(n)} ${n === 1 ? one : many}`;
