import { l10n, type QuickPick, window } from 'vscode';
import type { GraphClient } from '../../graph/client.ts';
import type { Group } from '../../intune/model/group.ts';
import type { Memory } from '../../intune/model/memory.ts';
import { asGroupId, recentGroups, searchGroups } from '../../intune/read/groupSearch.ts';
import { errorWords } from '../errorWords.ts';
import { withoutIcons } from '../plainText.ts';
import { type Choice, type Everyone, isGroup } from './choice.ts';
import { type Found, type GroupItem, groupItems, isAssignable } from './groupItems.ts';
import { GroupSelection } from './selection.ts';

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
