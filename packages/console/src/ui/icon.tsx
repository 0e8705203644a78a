/** Small line drawings of our own, 16 × 16. A drawing never stands for a word: it stands beside one, or has a label. */
const DRAWINGS = {
  today:
    'M8 1.8v1.6M8 12.6v1.6M1.8 8h1.6M12.6 8h1.6M3.6 3.6l1.1 1.1M11.3 11.3l1.1 1.1M3.6 12.4l1.1-1.1M11.3 4.7l1.1-1.1M8 10.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z',
  queue: 'M2 9.5 4 3.2h8l2 6.3v3.3H2zM2 9.5h3.4l1 1.8h3.2l1-1.8H14',
  agents:
    'M3.2 6.2h9.6v6.6H3.2zM8 6.2V3.4M8 3.4a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8zM6 9.2v.6M10 9.2v.6M1.4 8.6v2M14.6 8.6v2',
  pacts: 'M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3M5.8 9.4l1.5 1.5 2.9-3',
  weekly: 'M2 13.8h12M3.8 11.2V8M8 11.2V3M12.2 11.2V5.8',
  proof: 'M8 1.6l5.2 1.9v4c0 3.2-2.1 5.6-5.2 6.9-3.1-1.3-5.2-3.7-5.2-6.9v-4zM5.6 7.9l1.7 1.7 3.1-3.3',
  search: 'M7 11.6a4.6 4.6 0 1 0 0-9.2 4.6 4.6 0 0 0 0 9.2zM10.4 10.4l3.4 3.4',
  check: 'M2.8 8.6l3.4 3.4 7-7.6',
  cross: 'M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8',
  hold: 'M5.6 3.2v9.6M10.4 3.2v9.6',
  stop: 'M5.2 1.9h5.6l3.3 3.3v5.6l-3.3 3.3H5.2l-3.3-3.3V5.2zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
  resume: 'M4.4 2.8l8 5.2-8 5.2z',
  right: 'M6 3.4L10.6 8 6 12.6',
  left: 'M10 3.4L5.4 8l4.6 4.6',
  down: 'M3.4 6L8 10.6 12.6 6',
  updown: 'M5 6l3-3 3 3M5 10l3 3 3-3',
  copy: 'M5.6 5.6h7.6v7.6H5.6zM10.4 5.6V2.8H2.8v7.6h2.8',
  person: 'M8 7.6a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4zM2.8 14c.4-2.6 2.4-4.2 5.2-4.2s4.8 1.6 5.2 4.2',
  people:
    'M6 7.6a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM1.6 13.4c.3-2.3 2-3.7 4.4-3.7s4.1 1.4 4.4 3.7M10.6 3.1a2.3 2.3 0 0 1 0 4.3M12.2 9.9c1.3.6 2 1.8 2.2 3.5',
  sun: 'M8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  moon: 'M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7z',
  screen: 'M1.8 2.8h12.4v8.4H1.8zM5.6 13.8h4.8M8 11.2v2.6',
  leave: 'M9.6 2.4H3v11.2h6.6M6.6 8h7M11 5.2L13.8 8 11 10.8',
  keyboard: 'M1.6 4h12.8v8H1.6zM4 6.6h.6M6.6 6.6h.6M9.2 6.6h.6M11.6 6.6h.6M5 9.4h6',
  alert: 'M8 2.2l6.2 11H1.8zM8 6.4v3.2M8 11.3v.5',
  info: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8 7.4v3.6M8 4.9v.5',
  clock: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8 4.6V8l2.4 1.6',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.8 0l2.2-2.2a2.7 2.7 0 0 0-3.8-3.8l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.8 0L3.2 9A2.7 2.7 0 0 0 7 12.8l.9-.9',
  more: 'M3.4 8h.1M8 8h.1M12.6 8h.1',
  edit: 'M10.8 2.6l2.6 2.6-7.8 7.8-3.2.6.6-3.2z',
  undo: 'M5.4 3L2.4 6l3 3M2.6 6h7a3.6 3.6 0 0 1 0 7.2H5.4',
  note: 'M2.2 2.8h11.6v7.8H7.6L4.4 13.4v-2.8H2.2z',
  retry: 'M13.2 8a5.2 5.2 0 1 1-1.6-3.7M13.4 2.2v2.6h-2.6',
  shadow: 'M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8zM2.8 13.2L13.2 2.8',
  download: 'M8 2.2v7.6M4.8 6.8L8 10l3.2-3.2M2.6 13.4h10.8',
  limited: 'M2.2 8h4.6M9.2 8h4.6M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12z',
  supervised:
    'M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8zM8 9.9a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8z',
  autonomous: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM5.4 8.2l1.8 1.8 3.4-3.8',
  equal: 'M3 6h10M3 10h10',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
} as const;
export type IconName = keyof typeof DRAWINGS;

export interface IconProps {
  readonly name: IconName;
  /** Only where no word stands beside it. */
  readonly label?: string;
  readonly size?: number;
}

export function Icon({ name, label, size = 16 }: IconProps) {
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden, or labelled by the caller
    <svg
      {...said}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
