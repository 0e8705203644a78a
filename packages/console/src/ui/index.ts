/** Widgets without a word of the product. */
export { classes } from './class-names.ts';
export { Button, type ButtonKind, ButtonLink, type ButtonProps, IconButton } from './controls/button.tsx';
export { Check, Field, Select, TextArea } from './controls/field.tsx';
export { type Tab, Tabs } from './controls/tabs.tsx';
export { skipFirst, useIsFirstTime } from './first-time.ts';
export { Icon, type IconName } from './icon.tsx';
export {
  keysOf,
  type Shortcut,
  setSingleKeys,
  useActiveShortcuts,
  useShortcuts,
  useSingleKeys,
} from './keyboard/shortcuts.ts';
export { Mark } from './mark.tsx';
export { type Command, CommandPalette } from './overlays/command-palette.tsx';
export { Dialog } from './overlays/dialog.tsx';
export { Menu, type MenuGroup, type MenuItem } from './overlays/menu.tsx';
export { announce, closeToast, type Toast, Toasts, toast } from './overlays/toast.tsx';
export { Tooltip } from './overlays/tooltip.tsx';
export { Page, type PageProps, PageSkeleton, Panel, Section } from './page/page.tsx';
export { Badge, Count, type Tone } from './shown/badge.tsx';
export { CopyText, shortened } from './shown/copy-text.tsx';
export { Disclosure } from './shown/disclosure.tsx';
export { Kbd } from './shown/kbd.tsx';
export { Money, moneyText } from './shown/money.tsx';
export { now, setNow, useTicking } from './shown/now.ts';
export { numberText } from './shown/number-text.ts';
export { Erased, PlainText, seenText } from './shown/plain-text.tsx';
export { Elapsed, ExactTime, RelativeTime } from './shown/relative-time.tsx';
export { type Asked, Await, Code, Empty, ErrorNote, Note, Skeleton, SkeletonRows } from './shown/states.tsx';
export { type Column, Table, useIsNarrow } from './shown/table.tsx';
export { clockText, dayText, exactText, relativeText, spanText } from './shown/time-text.ts';
