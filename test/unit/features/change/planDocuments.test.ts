import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { commands, type Tab, type TextDocumentContentProvider, type Uri, window, workspace } from 'vscode';
import { createPlanDocuments } from '../../../../src/features/change/planDocuments.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { createWorld, groupNamed, proposeFor, sampleScript } from '../../intune/support.ts';

/** As much of an editor as shows tabs, and asks for the text of documents. */
let tabs: Tab[] = [];
let content: TextDocumentContentProvider['provideTextDocumentContent'];
let changed: (change: { readonly closed: readonly Tab[] }) => void = () => {};
const opened: string[] = [];

function open(input: unknown, label: string): void {
  const tab = { input, label } as Tab;
  tabs = [...tabs, tab];
  opened.push(label);
}

function close(closed: readonly Tab[]): void {
  tabs = tabs.filter(tab => !closed.includes(tab));
  changed({ closed });
}

const group = {
  get tabs() {
    return tabs;
  },
  get activeTab() {
    return tabs.at(-1);
  },
};
Object.assign(window, {
  tabGroups: {
    all: [group],
    activeTabGroup: group,
    onDidChangeTabs: (listener: typeof changed) => {
      changed = listener;
      return { dispose: () => {} };
    },
    close: async (closed: readonly Tab[]) => close(closed),
  },
  showTextDocument: async (uri: Uri) => open({ uri }, uri.path),
  showInformationMessage: async () => undefined,
});
Object.assign(workspace, {
  registerTextDocumentContentProvider: (_: string, provider: TextDocumentContentProvider) => {
    content = provider.provideTextDocumentContent.bind(provider);
    return { dispose: () => {} };
  },
});
Object.assign(commands, {
  executeCommand: async (_: string, original: Uri, modified: Uri, title: string) => open({ original, modified }, title),
});
beforeEach(() => {
  tabs = [];
  opened.length = 0;
});

const uriIn = ({ input }: Tab): Uri => (input as { uri?: Uri; modified: Uri }).uri ?? (input as { modified: Uri }).modified;
const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };
const textOf = async (uri: Uri): Promise<string> => String(await content(uri, token));
const gone = /^What was shown here is gone\./;

async function propose(tenantName?: string) {
  const world = createWorld();
  const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
  const proposal = await proposeFor(world, [script], base => addGroups(base, [groupNamed(world, 'HR Devices')]));
  return tenantName === undefined ? proposal : { ...proposal, connection: { ...proposal.connection, tenantName } };
}

const lastTab = (): Tab => tabs.at(-1) ?? assert.fail('no tab is open');

describe('documents of plans', () => {
  test('are there as long as a tab shows them, and not longer', async () => {
    const documents = createPlanDocuments(() => 1);
    await documents.show(await propose(), async () => true);
    await documents.showText('Result.txt', 'It went well.');
    const [plan, text] = tabs;
    assert.ok(plan && text);
    assert.equal(await textOf(uriIn(text)), 'It went well.');
    assert.doesNotMatch(await textOf(uriIn(plan)), gone);
    close([text]);
    assert.match(await textOf(uriIn(text)), gone);
    assert.ok(documents.shownPlan());
    close([plan]);
    assert.match(await textOf(uriIn(plan)), gone);
  });

  test('outlive a tab that moves', async () => {
    const documents = createPlanDocuments(() => 1);
    await documents.show(await propose(), async () => true);
    const moved = lastTab();
    open(moved.input, moved.label);
    close([moved]);
    assert.ok(documents.shownPlan());
  });

  test('are others than those of a window before, whose tabs may be back', async () => {
    const [before, after] = [createPlanDocuments(() => 1), createPlanDocuments(() => 60_000)];
    await before.showText('Result.txt', 'before');
    await after.showText('Result.txt', 'after');
    assert.equal(new Set(opened).size, 2);
  });

  test('of a window before can be discarded', async () => {
    const documents = createPlanDocuments(() => 1);
    await documents.show(await propose(), async () => true);
    await createPlanDocuments(() => 2).discard();
    assert.deepEqual(tabs, []);
  });

  test('a plan that was not applied after all is kept while its tab is open', async () => {
    const documents = createPlanDocuments(() => 1);
    let during = (): void => {};
    const apply = async (): Promise<boolean> => {
      during();
      return false;
    };
    await documents.show(await propose(), apply);
    await documents.apply();
    const proposal = documents.shownPlan();
    assert.ok(proposal);
    const tab = lastTab();
    during = () => close([tab]);
    await documents.apply();
    tabs = [tab];
    assert.equal(documents.shownPlan(), undefined);
  });

  test('name the tenant so that it is seen', async () => {
    const documents = createPlanDocuments(() => 1);
    const evil = await propose('Con\u202Etoso');
    await documents.show(evil, async () => true);
    const nameless = await propose('\u200B');
    await documents.show(nameless, async () => true);
    assert.deepEqual(
      opened.map(title => / in (.*) \(/.exec(title)?.[1]),
      ['Contoso', nameless.connection.tenantId],
    );
    assert.ok((await textOf(uriIn(lastTab()))).startsWith(nameless.connection.tenantId));
  });
});
