import assert from 'node:assert/strict';
import { test } from 'node:test';
import { window } from 'vscode';
import { transientMemory } from '../../../src/connections/memory.ts';
import { planText } from '../../../src/features/change/planText.ts';
import { askConfirmation, askReview } from '../../../src/features/change/review.ts';
import { addGroups } from '../../../src/intune/plan/addTargets.ts';
import { readGroup } from '../../../src/intune/read/groupSearch.ts';
import { createInventory } from '../../../src/intune/read/inventory.ts';
import { groupItems } from '../../../src/ui/groupPicker.ts';
import { pickMany, pickOne } from '../../../src/ui/quickPick.ts';
import { groupRows, scriptRows } from '../../../src/ui/scriptPicker.ts';
import { assertPlain, assertShownPlain } from '../../fuzz/shown.ts';
import { createWorld, groupNamed, proposeFor, sampleScript } from '../intune/support.ts';

const names: Readonly<Record<string, string>> = {
  Markdown: '[x](command:workbench.action.quit) **b** | `c`',
  HTML: '<img src=x onerror=alert(1)></td>',
  'an icon': '$(trash) $(zap)',
  'a formula': '=HYPERLINK("https://evil.example")',
  controls: 'a\u0000\u0007\u001B[31mb\u009B',
  breaks: 'a\r\nb\u2028c\tAdds 100 assignments',
  'a turned direction': '\u202Egpj.exe\u2066x\u2069\u200B\uFEFF',
};

/** What a picker or an input box would make an icon of. */
const assertNoIcon = (text: string | undefined): void => assert.doesNotMatch(text ?? '', /(?<!\\)\$\(/);

function assertItems(items: readonly { readonly label: string; readonly description?: string; readonly detail?: string }[]): void {
  assert.ok(items.length > 0);
  for (const { label, description, detail } of items) {
    for (const text of [label, description, detail]) {
      assertPlain(text, 'pick');
      assertNoIcon(text);
    }
  }
}

/** The items of every quick pick, which is left at once. */
const picked: Parameters<typeof assertItems>[0][] = [];
/** All that is said in dialogs and input boxes, which are left at once. */
const said: string[] = [];
const note = (value: unknown): void => void said.push(JSON.stringify(value));
const leave = (act: () => void) => {
  act();
  return { dispose: () => undefined };
};
Object.assign(window, {
  createQuickPick: () => ({
    get items() {
      return picked.at(-1) ?? [];
    },
    set items(items: Parameters<typeof assertItems>[0]) {
      picked.push(items);
    },
    onDidAccept: () => leave(() => undefined),
    onDidTriggerButton: () => leave(() => undefined),
    onDidHide: (act: () => void) => leave(act),
    show: () => undefined,
    hide: () => undefined,
    dispose: () => undefined,
  }),
  showWarningMessage: async (message: string, { detail }: { readonly detail: string }) => {
    for (const line of [message, ...detail.split('\n')]) assertPlain(line, 'review');
    note(message);
  },
  showInputBox: async ({ title = '', prompt = '' }) => {
    for (const text of [title, prompt]) {
      assertPlain(text, 'question');
      assertNoIcon(text);
      assert.doesNotMatch(text, /\]\(/);
    }
    note(title);
  },
});

for (const [what, name] of Object.entries(names)) {
  test(`${what} in names is text in the tree, tooltips, picks, the review, the plan and exports`, async () => {
    picked.length = 0;
    said.length = 0;
    const world = createWorld();
    const { admin } = world.tenant;
    const script = sampleScript(world, 'deviceManagementScripts', 'Enable BitLocker on Data Volumes');
    const groupId = groupNamed(world, 'HR Devices');
    admin.renameScript(script.family, script.id, name);
    admin.renameGroup(groupId, name);

    const { client } = world.parts;
    const inventory = createInventory(client, transientMemory());
    await inventory.reload('deviceManagementScripts');
    assertShownPlain(inventory);
    const scripts = inventory.scripts();
    assert.ok(scripts.some(({ id }) => id === script.id));
    await pickOne(scriptRows(scripts), { title: 't', placeholder: 'p' });
    await pickMany(groupRows(inventory), { title: 't', placeholder: 'p' });
    const group = (await readGroup(client, groupId)) ?? assert.fail('the group is gone');
    assert.equal(group.name, name);
    picked.push(groupItems([group], { kind: 'results', groups: [group] }));
    assert.equal(picked.length, 3);
    picked.forEach(assertItems);

    const plain = await proposeFor(world, [script], base => addGroups(base, [groupId]));
    const proposal = { ...plain, connection: { ...plain.connection, tenantName: name, account: name } };
    assert.equal(await askReview(proposal, 0), undefined);
    assert.equal(
      await askConfirmation(proposal, { confirmAbove: 0, protectedGroups: [groupId.toLowerCase()], protectedGroupsUnclear: false }),
      false,
    );
    assert.equal(said.length, 2);
    for (const side of ['now', 'after'] as const) for (const line of planText(proposal, side, 0).split('\n')) assertPlain(line, 'plan');
  });
}
