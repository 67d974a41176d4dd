import { QuickInputButtons, type QuickPick, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { withoutIcons } from './plainText.ts';

/** A row of a quick pick, before VS Code is asked for anything. All texts are plain. */
export type PickRow<Value> =
  | { readonly kind: 'separator'; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly value: Value;
      readonly description?: string;
      /** A line of its own below the label. */
      readonly detail?: string;
      /** Name of a product icon. */
      readonly icon?: string;
      /** Whether it is checked from the start, where many can be. */
      readonly picked?: boolean;
    };

/** The words around the rows. */
interface PickWords {
  readonly title: string;
  readonly placeholder: string;
}

/** How a question stands among others. */
export interface StepOptions {
  /** Whether a way back is offered. */
  readonly back?: boolean;
  /** Shown by VS Code as "(2/3)". */
  readonly step?: number;
  readonly totalSteps?: number;
}

/** What a question ends with; undefined when it is left. */
export type Answer<Value> = { readonly kind: 'picked'; readonly value: Value } | { readonly kind: 'back' } | undefined;

/** Asks for one row. */
export type PickOne = <Value>(rows: readonly PickRow<Value>[], words: PickWords, options?: StepOptions) => Promise<Answer<Value>>;

/** Asks for any number of rows; undefined when it is left. */
export type PickMany = <Value>(rows: readonly PickRow<Value>[], words: PickWords) => Promise<readonly Value[] | undefined>;

interface Item<Value> extends QuickPickItem {
  readonly row: PickRow<Value>;
}

function itemOf<Value>(row: PickRow<Value>): Item<Value> {
  const label = withoutIcons(row.label);
  if (row.kind === 'separator') return { row, label, kind: QuickPickItemKind.Separator };
  return {
    row,
    label,
    ...(row.description && { description: withoutIcons(row.description) }),
    ...(row.detail && { detail: withoutIcons(row.detail) }),
    ...(row.icon && { iconPath: new ThemeIcon(row.icon) }),
  };
}

const valuesOf = <Value>(items: readonly Item<Value>[]): readonly Value[] =>
  items.flatMap(({ row }) => (row.kind === 'choice' ? [row.value] : []));

function createPicker<Value>(rows: readonly PickRow<Value>[], { title, placeholder }: PickWords): QuickPick<Item<Value>> {
  const picker = window.createQuickPick<Item<Value>>();
  picker.title = title;
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.items = rows.map(itemOf);
  return picker;
}

/** Shows a picker until it is answered or hidden, and disposes of it. */
async function answerOf<Value, Answer>(
  picker: QuickPick<Item<Value>>,
  listen: (answer: (value: Answer) => void) => void,
): Promise<Answer | undefined> {
  try {
    return await new Promise<Answer | undefined>(resolve => {
      listen(resolve);
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

/** One row, by VS Code's quick pick. */
export const pickOne: PickOne = (rows, words, { back = false, step, totalSteps } = {}) => {
  const picker = createPicker(rows, words);
  picker.step = step;
  picker.totalSteps = totalSteps;
  if (back) picker.buttons = [QuickInputButtons.Back];
  return answerOf(picker, answer => {
    picker.onDidTriggerButton(() => answer({ kind: 'back' }));
    picker.onDidAccept(() => {
      for (const value of valuesOf(picker.selectedItems).slice(0, 1)) answer({ kind: 'picked', value });
    });
  });
};

/** Many rows, by VS Code's quick pick. Enter without a check takes the row under the cursor. */
export const pickMany: PickMany = (rows, words) => {
  const picker = createPicker(rows, words);
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.selectedItems = picker.items.filter(({ row }) => row.kind === 'choice' && row.picked);
  return answerOf(picker, answer => {
    picker.onDidAccept(() => {
      const chosen = picker.selectedItems.length > 0 ? picker.selectedItems : picker.activeItems;
      if (chosen.length > 0) answer(valuesOf(chosen));
    });
  });
};
