import { commands, type Uri, window, workspace } from 'vscode';
import { createJournals } from '../../../src/connections/journals.ts';
import type { DropParts } from '../../../src/features/assign/dropOnScripts.ts';
import { createPlanDocuments, type PlanDocuments } from '../../../src/features/change/planDocuments.ts';
import type { UndoParts } from '../../../src/features/history/undo.ts';
import { systemClock } from '../../../src/host/clock.ts';
import type { Settings } from '../../../src/host/settings.ts';
import type { SharedJournal } from '../../../src/intune/journal/journal.ts';
import type { Connection } from '../../../src/intune/read/connection.ts';
import { readGroup, rememberGroups } from '../../../src/intune/read/groupSearch.ts';
import type { AskText } from '../../../src/ui/inputBox.ts';
import { createWorld, groupNamed, type World, type WorldOptions } from '../intune/support.ts';
import { type Conversation, createConversation, type Shown, type Turn } from './conversation.ts';
import { givenSettings } from './givenSettings.ts';

export interface CommandWindowOptions extends WorldOptions {
  readonly settings?: Partial<Settings>;
  /** Whether there is permission to write. */
  readonly permitted?: boolean;
  /** Types into a box; left out, it is left. */
  readonly askText?: AskText;
  /** Names of groups that were assigned lately, which stand in the search for groups before anything is typed. */
  readonly usedLately?: readonly string[];
}

/** As much of a window as commands run in. But in a talk, notifications and pickers are left without a choice. There is one tab. */
export interface CommandWindow {
  readonly world: World;
  readonly journal: SharedJournal;
  readonly documents: PlanDocuments;
  readonly parts: UndoParts & DropParts & { readonly askText: AskText };
  settings: Settings;
  /** The buttons of the notifications so far. */
  readonly offered: readonly string[];
  /** The connection of now. */
  shown: Connection | undefined;
  /** What was said, asked and sent since the last time that this was called, in order but for the requests, which come last. */
  happened(): readonly string[];
  /** Does work, and answers what is asked and said meanwhile, which is just this and in this order. Resolves to what was shown at each turn. */
  talk(work: () => Promise<void>, ...turns: readonly Turn[]): Promise<readonly Shown[]>;
}

/** A window, of the last one of which VS Code's own functions tell. */
export async function createCommandWindow(options: CommandWindowOptions = {}): Promise<CommandWindow> {
  const { settings, permitted = false, askText, usedLately = [], parts: given, ...tenant } = options;
  const journal = createJournals('/nowhere', 'window', systemClock)({ key: 'in memory', sample: true });
  const world = createWorld({ ...tenant, parts: { journal, ...given } });
  const { client, memory } = world.connection;
  await world.connection.inventory.load();
  const lately = await Promise.all(usedLately.map(name => readGroup(client, groupNamed(world, name))));
  await rememberGroups(
    memory,
    lately.flatMap(group => group ?? []),
  );
  const heard: string[] = [];
  const offered: string[] = [];
  const conversation = createConversation(heard, offered);
  let seen = world.requests.length;
  showIn(conversation);
  const documents = createPlanDocuments(() => world.clock.now());
  const one: CommandWindow = {
    world,
    journal,
    documents,
    parts: {
      connection: () => one.shown,
      journal: () => journal,
      settings: () => one.settings,
      onDidChangeWritable: () => ({ dispose: () => undefined }),
      documents,
      clock: world.clock,
      newId: world.parts.newId,
      log: { info: () => undefined, error: conversation.logged },
      showLog: () => undefined,
      undo: async () => undefined,
      state: () => 'ready',
      say: conversation.message,
      run: async () => undefined,
      selectedNodes: () => [],
      pickMany: conversation.pickMany,
      pickOne: conversation.pickOne,
      askText: askText ?? conversation.askText,
      ensureTier: async tier => {
        heard.push(`permission: ${tier}`);
        return permitted;
      },
      mention: text => heard.push(text),
    },
    settings: givenSettings(settings),
    offered,
    shown: world.connection,
    happened() {
      const all = [...heard.splice(0), ...world.requests.slice(seen).map(({ method, path }) => `${method} ${path}`)];
      seen = world.requests.length;
      return all;
    },
    talk: (work, ...turns) => conversation.have(work, turns),
  };
  return one;
}

/** Puts into VS Code's place what asks and says as in a conversation, does what has progress at once, and shows the diff of a plan in its only tab. */
function showIn({ message: show, inputBox, quickPick }: Conversation): void {
  const progress = { report: () => undefined };
  const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
  const tabs: { readonly input: object }[] = [];
  const group = {
    tabs,
    get activeTab() {
      return tabs.at(-1);
    },
  };
  const nothing = { dispose: () => undefined };
  Object.assign(window, {
    showInformationMessage: show,
    showWarningMessage: show,
    showErrorMessage: show,
    showInputBox: inputBox,
    createQuickPick: quickPick,
    withProgress: async (_: unknown, work: (...args: readonly object[]) => unknown) => work(progress, token),
    tabGroups: { all: [group], activeTabGroup: group, onDidChangeTabs: () => nothing, close: async () => void tabs.splice(0) },
  });
  Object.assign(workspace, { registerTextDocumentContentProvider: () => nothing });
  Object.assign(commands, {
    executeCommand: async (_: string, original: Uri, modified: Uri) => void tabs.push({ input: { original, modified } }),
  });
}
