// As much of `vscode` as pure parts and the makers of tree items use. Nothing here asks, shows or remembers anything.

type Argument = string | number | boolean;

const fill = (message: string, values: ReadonlyMap<string, Argument>): string =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(values.get(name) ?? whole));

const isRecord = (value: unknown): value is Record<string, Argument> => typeof value === 'object' && value !== null;

/** Fills in what is to be filled in, in the language of the sources. */
export const l10n = {
  t(
    message: string | { readonly message: string; readonly args?: readonly Argument[] | Record<string, Argument> },
    ...args: unknown[]
  ): string {
    if (typeof message !== 'string') return l10n.t(message.message, ...(Array.isArray(message.args) ? message.args : [message.args]));
    const [first] = args;
    return fill(message, new Map(Object.entries(isRecord(first) ? first : args) as [string, Argument][]));
  },
};

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;
  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const StatusBarAlignment = { Left: 1, Right: 2 };

export class TreeItem {
  id?: string;
  label: string;
  collapsibleState: number;
  description?: string;
  tooltip?: MarkdownString;
  contextValue?: string;
  iconPath?: ThemeIcon;
  accessibilityInformation?: { readonly label: string };
  constructor(label: string, collapsibleState = 0) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

/** `appendText` escapes as VS Code's own does. */
export class MarkdownString {
  value = '';
  isTrusted?: boolean;
  supportHtml?: boolean;
  supportThemeIcons?: boolean;
  appendText(text: string): this {
    this.value += text.replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&').replace(/\n/g, '\n\n');
    return this;
  }
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

/** What is dragged crosses as a text. */
export class DataTransferItem {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

export class CancellationError extends Error {
  override name = 'Canceled';
}

const notThere = (name: string): never => {
  throw new Error(`A unit test used ${name} of vscode.`);
};

/** What a test has put there by `Object.assign` works; an unexpected prompt fails the test. */
const given = (of: string): object =>
  new Proxy({}, { get: (members, name) => (Reflect.has(members, name) ? Reflect.get(members, name) : notThere(`${of}.${String(name)}`)) });
export const window = given('window');
export const commands = given('commands');
export const workspace = given('workspace');
export const env = given('env');

export const Uri = {
  from: (parts: { readonly scheme: string; readonly path: string }) => parts,
  parse: (text: string) => new URL(text),
};
export const Disposable = {
  from: (...all: readonly { dispose(): void }[]) => ({
    dispose: () => {
      for (const one of all) one.dispose();
    },
  }),
};
export const QuickInputButtons = { Back: {} };
export const ProgressLocation = { Notification: 15 };
