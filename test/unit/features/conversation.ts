import assert from 'node:assert/strict';
import type { InputBoxOptions } from 'vscode';
import type { GroupItem } from '../../../src/ui/groupPicker.ts';
import type { AskText } from '../../../src/ui/inputBox.ts';
import type { PickMany, PickOne, PickRow } from '../../../src/ui/quickPick.ts';

/** The row or rows that are picked, the text that is typed, the button that is pressed; undefined leaves the question. */
type Answer = string | readonly string[] | undefined;

/** One thing that is asked or said, by its title or, where it has none, its text; and what is done then. */
export type Turn = readonly [asked: string, answer?: Answer | (() => Answer)];

/** What stood there when a turn came. */
export interface Shown {
  /** The labels of rows, the lines of a dialog, or the prompt of an input box. */
  readonly lines: readonly string[];
  /** The rows that are checked from the start, or the buttons. */
  readonly marked: readonly string[];
  /** What stands beside each row, or in the box from the start. */
  readonly beside: readonly string[];
}

/** The answer that goes a step back. */
export const back = '← Back';

/**
 * What a person says to a window, turn by turn. A question or a notification that is not the next one fails the test. While no conversation
 * is had, all is left without an answer.
 */
export interface Conversation {
  /** Does work while the turns are taken, all of them; resolves to what was shown at each. */
  have(work: () => Promise<void>, turns: readonly Turn[]): Promise<readonly Shown[]>;
  /** What goes wrong without anybody being told. */
  readonly logged: (error: unknown) => void;
  readonly pickOne: PickOne;
  readonly pickMany: PickMany;
  readonly askText: AskText;
  /** As `window` has them. */
  readonly message: (text: string, ...rest: readonly unknown[]) => Promise<string | undefined>;
  readonly inputBox: (options: InputBoxOptions) => Promise<string | undefined>;
  readonly quickPick: () => object;
}

/** Turns of the event loop without news after which nothing more is said: with turns left, and with none. */
const [patience, lastWords] = [500, 10];

const listOf = (answer: Answer): readonly string[] => (typeof answer === 'string' ? [answer] : (answer ?? []));

const labelsOf = (rows: readonly PickRow<unknown>[], isMeant = (_: PickRow<unknown> & { readonly kind: 'choice' }) => true) =>
  rows.flatMap(row => (row.kind === 'choice' && isMeant(row) ? [row.label] : []));

const besideOf = (rows: readonly PickRow<unknown>[]) => rows.flatMap(row => (row.kind === 'choice' ? [row.description ?? ''] : []));

function valueUnder<Value>(rows: readonly PickRow<Value>[], label: string): Value {
  const [row, ...more] = rows.filter(one => one.kind === 'choice' && one.label === label);
  if (row?.kind !== 'choice' || more.length > 0)
    assert.fail(`there are ${more.length} more or none of ${label}: ${labelsOf(rows).join(', ')}`);
  return row.value;
}

/** What was typed, as a box takes it. */
function textOf(answer: Answer, problem: (text: string) => unknown): string | undefined {
  if (answer === undefined) return undefined;
  const [text = '', ...more] = listOf(answer);
  assert.deepEqual(more, [], 'a box takes one text');
  assert.equal(problem(text), undefined);
  return text;
}

/** `heard` gets what is asked and said while no conversation is had, and `offered` the buttons of notifications. */
export function createConversation(heard: string[], offered: string[]): Conversation {
  let left: Turn[] | undefined;
  let all: Shown[] = [];
  const wrong: unknown[] = [];

  /** The next turn, which is about this. */
  function take(kind: 'pick' | 'ask' | 'say', asked: string, { lines = [], marked = [], beside = [] }: Partial<Shown>): Answer {
    if (!left) {
      heard.push(kind === 'say' ? asked : `${kind}: ${asked}`);
      if (kind === 'say') offered.push(...marked);
      return undefined;
    }
    const [turn, ...others] = left;
    try {
      assert.ok(turn, `nothing more is to be asked or said, and this is: ${asked}`);
      assert.equal(asked, turn[0]);
    } catch (error) {
      wrong.push(error);
      throw error;
    }
    left = others;
    all.push({ lines, marked, beside });
    const [, answer] = turn;
    return typeof answer === 'function' ? answer() : answer;
  }

  return {
    async have(work, turns) {
      left = [...turns];
      all = [];
      await work().catch((error: unknown) => wrong.push(error));
      // What a button of a notification does goes on after the command.
      let seen = left.length;
      for (
        let idle = 0;
        wrong.length === 0 && idle < (left.length > 0 ? patience : lastWords);
        idle = seen === left.length ? idle + 1 : 0
      ) {
        seen = left.length;
        await new Promise(resolve => setImmediate(resolve));
      }
      const rest = left;
      left = undefined;
      for (const error of wrong.splice(0)) throw error;
      assert.deepEqual(rest, [], 'all turns are taken');
      return all;
    },
    logged: error => void (left ? wrong.push(error) : heard.push(String(error))),
    async pickOne(rows, { title }, { back: offered = false } = {}) {
      const answer = take('pick', title, { lines: labelsOf(rows), beside: besideOf(rows) });
      if (answer === undefined) return undefined;
      if (answer === back && offered) return { kind: 'back' };
      const [label = '', ...more] = listOf(answer);
      assert.deepEqual(more, [], 'one row can be picked');
      return { kind: 'picked', value: valueUnder(rows, label) };
    },
    async pickMany(rows, { title }) {
      const marked = labelsOf(rows, ({ picked }) => picked === true);
      const answer = take('pick', title, { lines: labelsOf(rows), marked, beside: besideOf(rows) });
      return answer === undefined ? undefined : listOf(answer).map(label => valueUnder(rows, label));
    },
    async askText({ title, prompt, initial, parse, problem }) {
      const answer = take('ask', title, { lines: [prompt], beside: [initial] });
      const text = textOf(answer, typed => (parse(typed) === undefined ? problem(typed) : undefined));
      const value = text === undefined ? undefined : parse(text);
      return value === undefined ? undefined : { kind: 'picked', value };
    },
    async message(text, ...rest) {
      const buttons = rest.filter(one => typeof one === 'string');
      const [options] = rest;
      const detail = typeof options === 'object' && options !== null && 'detail' in options ? String(options.detail) : '';
      const [button, ...more] = listOf(take('say', text, { lines: detail.split('\n'), marked: buttons }));
      assert.ok(more.length === 0 && (button === undefined || buttons.includes(button)), `${button} is one of ${buttons.join(', ')}`);
      return button;
    },
    inputBox: async ({ title = '', prompt = '', validateInput }) =>
      textOf(take('ask', title, { lines: [prompt] }), text => validateInput?.(text)),
    quickPick: () =>
      createGroupPicker(
        (title, lines) => take('pick', title, { lines }),
        error => wrong.push(error),
      ),
  };
}

/** VS Code's quick pick as the search for groups uses it. What is not among the rows is typed; then Enter. */
function createGroupPicker(take: (asked: string, lines: readonly string[]) => Answer, fail: (error: unknown) => void): object {
  const nothing = (): void => undefined;
  const listeners = {
    value: (_: string): void => undefined,
    selection: (_: readonly GroupItem[]): void => undefined,
    accept: nothing,
    hide: nothing,
  };
  const listen =
    <Key extends keyof typeof listeners>(key: Key) =>
    (listener: (typeof listeners)[Key]) => {
      listeners[key] = listener;
    };
  let items: readonly GroupItem[] = [];
  let checked: readonly GroupItem[] = [];
  let news = Promise.withResolvers<void>();

  /** VS Code tells of checks that an extension makes as of a person's. */
  const check = (rows: readonly GroupItem[]): void => {
    checked = rows;
    listeners.selection(rows);
  };
  const find = (name: string): GroupItem | undefined => items.find(({ label, choice }) => label === name && choice);

  async function rowOf(name: string): Promise<GroupItem> {
    const there = find(name);
    if (there) return there;
    const answered = news.promise;
    listeners.value(name);
    await answered;
    return find(name) ?? assert.fail(`no group ${name}: ${items.map(({ label }) => label).join(', ')}`);
  }

  async function operate(): Promise<void> {
    await news.promise;
    const answer = take(
      picker.title,
      items.flatMap(({ label, kind }) => (kind === undefined ? [label] : [])),
    );
    for (const name of listOf(answer)) {
      const row = await rowOf(name);
      if (picker.canSelectMany) check([...checked, row]);
      else picker.activeItems = [row];
    }
    if (answer === undefined) listeners.hide();
    else listeners.accept();
  }

  const picker = {
    title: '',
    canSelectMany: false,
    activeItems: [] as readonly GroupItem[],
    get items() {
      return items;
    },
    set items(rows) {
      items = rows;
      checked = [];
      // The checks of these rows come in the same breath.
      setImmediate(() => {
        news.resolve();
        news = Promise.withResolvers();
      });
    },
    get selectedItems() {
      return checked;
    },
    set selectedItems(rows) {
      check(rows);
    },
    onDidChangeValue: listen('value'),
    onDidChangeSelection: listen('selection'),
    onDidAccept: listen('accept'),
    onDidHide: listen('hide'),
    show: () =>
      void operate().catch((error: unknown) => {
        fail(error);
        listeners.hide();
      }),
    dispose: nothing,
  };
  return picker;
}
