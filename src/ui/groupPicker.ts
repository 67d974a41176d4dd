import { l10n, type QuickPick, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { GraphClient } from '../graph/client.ts';
import type { Group } from '../intune/model/group.ts';
import type { Memory } from '../intune/model/memory.ts';
import type { Target } from '../intune/model/target.ts';
import { asGroupId, recentGroups, searchGroups } from '../intune/read/groupSearch.ts';
import { errorWords } from './errorText.ts';
import { inOneLine } from './format/count.ts';
import { shortId, targetLabel } from './format/names.ts';
import { plainText, visibleName, withoutIcons } from './plainText.ts';

/** Milliseconds after the last key before the service is asked. */
const typingPause = 250;
/** Milliseconds in which VS Code tells of the checks that a change of the rows took away, or of the rows before. */
const echoPause = 150;

const message = (text: string): Found => ({ kind: 'message', text });

async function find(client: GraphClient, query: string, isOther: (group: Group) => boolean, signal: AbortSignal): Promise<Found> {
  try {
    const all = await searchGroups(client, query, { signal });
    const groups = all.filter(isOther);
    if (groups.length > 0) return { kind: 'results', groups };
    if (all.length > 0) return message(l10n.t('This is the group to replace'));
    return message(asGroupId(query) ? l10n.t('No group has this ID') : l10n.t('No group has a word that starts like this'));
  } catch (error) {
    if (signal.aborted) throw error;
    const words = errorWords(error, l10n.t('Groups could not be searched.'));
    return message(words ? `$(error) ${withoutIcons(words.message)}` : '');
  }
}

/** What Enter takes: the checked groups, or the row under the cursor where none is checked. */
const accepted = (selection: GroupSelection, active: readonly GroupItem[]): readonly Choice[] =>
  (selection.choices.length > 0 ? selection.choices : active.flatMap(({ choice }) => choice ?? [])).filter(isAssignable);

/** Lets the user search and check groups. Resolves to the groups, or undefined when the user leaves. */
export const pickGroups = async (client: GraphClient, memory: Memory, title: string): Promise<readonly Group[] | undefined> =>
  (await pickTargets(client, memory, title, []))?.filter(isGroup);

/** Lets the user search and pick one group, but not the one with the id `except`; undefined when the user leaves. */
export const pickGroup = async (client: GraphClient, memory: Memory, title: string, except: string): Promise<Group | undefined> =>
  (await pickTargets(client, memory, title, [], { many: false, except }))?.find(isGroup);

/**
 * Lets the user search and check groups (or take one, without `many`), and before a search everyone; what is checked stays at the top through every new search.
 * Resolves to what is picked, or undefined when the user leaves.
 */
export async function pickTargets(
  client: GraphClient,
  memory: Memory,
  title: string,
  everyone: readonly Everyone[],
  { many = true, except }: { readonly many?: boolean; readonly except?: string } = {},
): Promise<readonly Choice[] | undefined> {
  const picker = window.createQuickPick<GroupItem>();
  picker.title = title;
  picker.placeholder = l10n.t('Search groups by name, from the start of a word, or paste an ID');
  picker.canSelectMany = many;
  picker.ignoreFocusOut = true;
  // VS Code sorts what matches by label, which would bury the picked groups below the results. Every VS Code has this switch on its
  // quick pick, though its types do not name it yet (microsoft/vscode#73904); where it ever is missing, only the order is lost.
  Object.assign(picker, { sortByLabel: false });
  const selection = new GroupSelection();
  const timers = new Set<NodeJS.Timeout>();
  const isOther = ({ id }: Group): boolean => id !== except;
  const search = searcher(picker, selection, timers, async (query, signal) =>
    query.trim() === '' ? { kind: 'recent', groups: recentGroups(memory).filter(isOther), everyone } : find(client, query, isOther, signal),
  );
  try {
    search.start('', 0);
    return await new Promise(resolve => {
      picker.onDidChangeValue(value => search.start(value, typingPause));
      picker.onDidChangeSelection(items => {
        selection.take(items.flatMap(({ choice }) => choice ?? []).filter(isAssignable));
        if (items.some(({ choice }) => !choice || !isAssignable(choice))) search.show();
      });
      picker.onDidAccept(() => {
        const choices = accepted(selection, picker.activeItems);
        if (choices.length > 0) resolve(choices);
      });
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    search.stop();
    for (const timer of timers) clearTimeout(timer);
    picker.dispose();
  }
}

/** Runs one search at a time; a newer one drops the answer of an older. */
function searcher(
  picker: QuickPick<GroupItem>,
  selection: GroupSelection,
  timers: Set<NodeJS.Timeout>,
  ask: (query: string, signal: AbortSignal) => Promise<Found>,
) {
  let running = new AbortController();
  let found: Found = message('');

  const later = (work: () => void, pause: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, pause);
    timers.add(timer);
  };

  const show = (): void => {
    const items = groupItems(selection.choices, found);
    const ids = new Set(selection.choices.map(({ id }) => id));
    selection.restore();
    picker.items = items;
    picker.selectedItems = items.filter(({ choice }) => choice && ids.has(choice.id));
    later(() => {
      if (selection.restored()) show();
    }, echoPause);
  };

  const run = async (query: string, { signal }: AbortController): Promise<void> => {
    try {
      found = await ask(query, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (signal.aborted) return;
    picker.busy = false;
    show();
  };

  return {
    show,
    stop: () => running.abort(),
    start: (query: string, pause: number): void => {
      running.abort();
      const search = new AbortController();
      running = search;
      picker.busy = true;
      later(() => {
        if (!search.signal.aborted) void run(query, search);
      }, pause);
    },
  };
}

/** A row of the group picker. Rows without a choice are separators and messages. */
export interface GroupItem extends QuickPickItem {
  readonly choice?: Choice;
}

/** Intune cannot target mail lists without security. */
export const isAssignable = (choice: Choice): boolean => !isGroup(choice) || choice.type !== 'distribution';

/** A group's name for a person; words where it has none. */
export const groupTitle = ({ name }: Pick<Group, 'name'>): string => visibleName(name) ?? l10n.t('Group without a name');

function typeWords(group: Group): readonly (string | undefined)[] {
  return [
    group.type === 'microsoft365' ? l10n.t('Microsoft 365') : undefined,
    group.type === 'distribution' ? l10n.t('distribution list') : undefined,
    group.membership === 'dynamic' ? l10n.t('dynamic') : undefined,
    group.membership === 'dynamicPaused' ? l10n.t('dynamic, paused') : undefined,
    group.synced ? l10n.t('synced') : undefined,
  ];
}

const everyoneItem = (id: Everyone): GroupItem => ({ label: targetLabel({ kind: id }, new Map()), alwaysShow: true, choice: { id } });

/** The row of a group. `sameName` says that another group is called the same, so that a part of the id tells them apart. */
function groupItem(group: Group, sameName: boolean): GroupItem {
  const refusal = isAssignable(group) ? undefined : l10n.t('Intune cannot assign scripts to distribution lists.');
  const detail = refusal ?? (group.description && plainText(group.description));
  return {
    label: withoutIcons(groupTitle(group)),
    description: withoutIcons(inOneLine([...typeWords(group), sameName ? shortId(group.id) : undefined])),
    ...(detail && { detail: withoutIcons(detail) }),
    alwaysShow: true,
    choice: group,
  };
}

const separator = (label: string): GroupItem => ({ label, kind: QuickPickItemKind.Separator });

/** What is shown below what is picked. */
export type Found =
  | { readonly kind: 'recent'; readonly groups: readonly Group[]; readonly everyone: readonly Everyone[] }
  | { readonly kind: 'results'; readonly groups: readonly Group[] }
  | { readonly kind: 'message'; readonly text: string };

const messageItem = (label: string): GroupItem => ({ label, alwaysShow: true });

/** The rows of some choices. A part of the id tells groups of one name apart. */
function choiceItems(choices: readonly Choice[], all: readonly Choice[]): readonly GroupItem[] {
  const plain = ({ name }: Group): string => name.trim().toLocaleLowerCase();
  const names = Map.groupBy(all.filter(isGroup), plain);
  return choices.map(choice =>
    isGroup(choice) ? groupItem(choice, (names.get(plain(choice))?.length ?? 0) > 1) : everyoneItem(choice.id),
  );
}

const under = (title: string, items: readonly GroupItem[]): readonly GroupItem[] => (items.length > 0 ? [separator(title), ...items] : []);

/** All rows: what is picked first, then what was found and is not picked. */
export function groupItems(picked: readonly Choice[], found: Found): readonly GroupItem[] {
  const pickedIds = new Set<string>(picked.map(({ id }) => id));
  const isOther = ({ id }: Choice): boolean => !pickedIds.has(id);
  const groups = found.kind === 'message' ? [] : found.groups.filter(isOther);
  const everyone = found.kind === 'recent' ? found.everyone.map(id => ({ id })).filter(isOther) : [];
  const all = [...picked, ...groups];
  // Each row has a box to check, which a hint has no use for where anything else is there.
  const start = found.kind === 'recent' && all.length + everyone.length === 0;
  return [
    ...under(l10n.t('Selected'), choiceItems(picked, all)),
    ...under(found.kind === 'recent' ? l10n.t('Recently used') : l10n.t('Groups'), choiceItems(groups, all)),
    ...under(l10n.t('Everyone'), choiceItems(everyone, all)),
    ...(found.kind === 'message' ? under('', [messageItem(found.text)]) : []),
    ...(start ? under('', [messageItem(l10n.t('Type the start of a word in a group’s name'))]) : []),
  ];
}

/** Everyone, as a kind of target. */
export type Everyone = 'allDevices' | 'allUsers';

/** What can be picked: a group, or everyone. */
export type Choice = Group | { readonly id: Everyone };

export const isGroup = (choice: Choice): choice is Group => 'membership' in choice;

/** The target that includes what was picked. */
export const targetOf = (choice: Choice): Target => (isGroup(choice) ? { kind: 'group', groupId: choice.id } : { kind: choice.id });

/**
 * What is picked. VS Code forgets all checks when the rows change and tells so as if the user had done it; and it tells of rows by their place, so
 * that a check on its way while the rows change names another row than the user's. This keeps the user's choices apart from both.
 */
export class GroupSelection {
  #picked = new Map<string, Choice>();
  #restoring = false;
  #missed = false;

  get choices(): readonly Choice[] {
    return [...this.#picked.values()];
  }

  /** The rows are about to change: events tell nothing of the user until all checks stand again, or {@link restored}. */
  restore(): void {
    this.#restoring = this.#picked.size > 0;
  }

  /** Events are the user's from here on. Returns whether one was passed over by which some check may show that is not picked. */
  restored(): boolean {
    const missed = this.#missed;
    this.#restoring = false;
    this.#missed = false;
    return missed;
  }

  /** Takes an event of the picker. All that is picked is always among the rows, so an event tells the whole selection. */
  take(checked: readonly Choice[]): void {
    if (checked.length === this.#picked.size && checked.every(({ id }) => this.#picked.has(id))) {
      this.restored();
      return;
    }
    if (this.#restoring) this.#missed ||= checked.length > 0;
    else this.#picked = new Map(checked.map(choice => [choice.id, choice]));
  }
}
