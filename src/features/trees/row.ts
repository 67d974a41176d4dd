import type { RunSummaries } from '../../intune/read/runSummary.ts';
import type { Capability, commands } from '../../manifest.ts';
import type { Shown } from './scriptsTree.ts';

/** A product icon, by its name, with the theme's colour for it. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** How a node looks, before VS Code is asked for anything. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon: Icon;
  readonly expandable: boolean;
  /** Whether what is below it is shown from the start. */
  readonly expanded?: boolean;
  /** What can be done with it; menus go by these words. */
  readonly capabilities: readonly Capability[];
  /** What a click on it runs. */
  readonly command?: keyof typeof commands;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Lines of plain text, the first one as a title. */
  readonly tooltip: readonly string[];
}

/** What rows are made from, beside their node. */
export interface RowContext extends Shown {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Names that more than one group has, as {@link repeatedNames} gives them. */
  readonly repeated: ReadonlySet<string>;
  /** Keys of scripts that are called as another one is, as {@link namesakes} gives them. */
  readonly namesakes: ReadonlySet<string>;
  /** How a script ran, as far as somebody asked for it. */
  readonly runSummary: RunSummaries['of'];
}

/** Marks what needs attention. */
export const warningIcon: Icon = { id: 'warning', color: 'list.warningForeground' };

/** Marks what was not done, and calls for nobody. */
export const notDoneIcon: Icon = { id: 'circle-large-outline' };
