import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { rowOf } from '../../src/features/trees/rowOf.ts';
import { changesModel, groupsModel, scriptsModel, type TreeModel } from '../../src/features/trees/treeModel.ts';
import type { PastChange, PastWrite } from '../../src/intune/history/pastChange.ts';
import { assignmentFromWire } from '../../src/intune/model/assignment.ts';
import { commands, container, contextKeys, planScheme, section, settings, views } from '../../src/manifest.ts';
import type { Node } from '../../src/ui/nodes.ts';
import { allDevices, assigned, contextOf, deleted, exclude, include, inventoryOf, loaded, named, script } from './ui/sampleInventory.ts';
import { pastChange, pastWrite } from './ui/samplePast.ts';
import { writingCommands } from './writingCommands.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (name: string): string => readFileSync(join(root, name), 'utf8');

const menuItem = z.object({ command: z.string(), when: z.optional(z.string()), group: z.optional(z.string()) });
const manifestText = textOf('package.json');
const { contributes } = z
  .object({
    contributes: z.object({
      viewsContainers: z.object({ activitybar: z.array(z.looseObject({ id: z.string() })) }),
      views: z.record(z.string(), z.array(z.looseObject({ id: z.string(), when: z.optional(z.string()) }))),
      viewsWelcome: z.array(z.object({ view: z.string(), when: z.string(), contents: z.string() })),
      commands: z.array(
        z.looseObject({ command: z.string(), title: z.string(), category: z.optional(z.string()), icon: z.optional(z.string()) }),
      ),
      menus: z.record(z.string(), z.array(menuItem)),
      keybindings: z.optional(z.array(z.looseObject({ command: z.string(), when: z.optional(z.string()) }))),
      configuration: z.object({ properties: z.record(z.string(), z.looseObject({ scope: z.string(), default: z.unknown() })) }),
    }),
  })
  .parse(JSON.parse(manifestText));
const strings = z.record(z.string(), z.string()).parse(JSON.parse(textOf('package.nls.json')));

const declared = contributes.commands.map(({ command }) => command);
const menus = Object.entries(contributes.menus);
const whens = [
  ...contributes.viewsWelcome.map(({ when }) => when),
  ...menus.flatMap(([, items]) => items.flatMap(({ when }) => when ?? [])),
  ...Object.values(contributes.views).flatMap(list => list.flatMap(({ when }) => when ?? [])),
  ...(contributes.keybindings ?? []).flatMap(({ when }) => when ?? []),
];

/** The members of a union of literals in manifest.ts, which types alone do not give. */
function union(name: string): readonly string[] {
  const [, body = ''] = new RegExp(`export type ${name} =([^;]+);`).exec(textOf('src/manifest.ts')) ?? [];
  return [...body.matchAll(/'([^']+)'/g)].map(([, word = '']) => word);
}
const states = union('ViewState');
const capabilities = union('Capability');

const writes: readonly string[] = writingCommands.map(name => commands[name]);

/** The words that a `when` asks an item's context value for. */
const wordsIn = (when: string): readonly string[] =>
  [...when.matchAll(/viewItem\s*=~\s*\/(.*?)(?<!\\)\//g)].flatMap(
    ([, pattern = '']) => pattern.replaceAll('\\b', ' ').match(/[A-Za-z]+/g) ?? [],
  );

/** Rows of every kind, by their view and their context value. */
function rowsOfViews(): readonly { readonly view: string; readonly words: string }[] {
  const groups = [named(1, 'Sales'), deleted(2)];
  const policySet = assignmentFromWire({ ...assigned(include(1)).wire, source: 'policySets' });
  const script1 = script('deviceHealthScripts', 'a', 'A', assigned(include(1)), assigned(exclude(2)), assigned(allDevices));
  const script2 = script('configurationPolicies', 'b', 'B', policySet);
  const script3 = script('deviceComplianceScripts', 'c', 'C');
  const inventory = inventoryOf(
    { deviceHealthScripts: loaded(script1), configurationPolicies: loaded(script2), deviceComplianceScripts: loaded(script3) },
    groups,
  );
  const past = (outcome: PastWrite['outcome']): PastChange => pastChange({ id: outcome, writes: [pastWrite({ outcome })] });
  const context = { ...contextOf(inventory), changes: [past('written'), past('notStarted'), past('unsettled')] };
  const below = (model: TreeModel, nodes: readonly Node[]): readonly Node[] =>
    nodes.flatMap(node => [node, ...below(model, model.children(context, node))]);
  const rowsOf = (view: string, model: TreeModel) =>
    below(model, model.roots(context)).map(node => ({ view, words: rowOf(node, context).capabilities.join(' ') }));
  return [...rowsOf(views.scripts, scriptsModel), ...rowsOf(views.groups, groupsModel), ...rowsOf(views.changes, changesModel)];
}

/** Whether an entry is there for a row. Whatever else a condition asks counts as given. */
const isShown = (when: string, view: string, words: string): boolean =>
  when.split('&&').every(part => {
    const [, key, pattern] = /^\s*(view|viewItem)\s*=~\s*\/(.*)\/\s*$/.exec(part) ?? [];
    if (pattern !== undefined) return new RegExp(pattern).test(key === 'view' ? view : words);
    const [, only] = /^\s*view\s*==\s*(\S+)/.exec(part) ?? [];
    return only === undefined || only === view;
  });

describe('commands', () => {
  test('are the ones of the contract', () => {
    assert.deepEqual(declared.toSorted(), Object.values(commands).toSorted());
    for (const [name, id] of Object.entries(commands)) assert.equal(id, `${section}.${name}`);
  });

  test('have each a category and a title', () => {
    for (const { command, category, title } of contributes.commands) {
      assert.equal(category, '%displayName%', command);
      assert.match(title, /^%command\./, command);
    }
  });

  test('that only work on a row or a document are hidden from the palette', () => {
    const palette = new Map((contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const rowOnly = [commands.refreshFamily, commands.removeAssignments, commands.removeGroup, commands.openInAdminCenter, commands.copyId];
    for (const command of rowOnly) assert.equal(palette.get(command), 'false', command);
    const ofPlan = [commands.applyPlan, commands.discardPlan, commands.copyPlanAsGraphRequests, commands.copyPlanAsPowerShell];
    for (const command of ofPlan) assert.match(palette.get(command) ?? '', /^resourceScheme == intune-plan && resourceFilename/, command);
    // Whatever stands only in menus of rows needs a row, unless it asks for one itself.
    const asks = writes.filter(command => palette.get(command) === '!config.intuneScripts.readOnly');
    for (const command of declared) {
      const places = menus
        .filter(([menu, items]) => menu !== 'commandPalette' && items.some(item => item.command === command))
        .map(([menu]) => menu);
      if (places.length === 0 || !places.every(menu => menu === 'view/item/context') || asks.includes(command)) continue;
      assert.equal(palette.get(command), 'false', command);
    }
  });

  test('that open the admin center are not offered in the sample tenant, which has none', () => {
    const items = menus.flatMap(([menu, all]) => (menu === 'commandPalette' ? [] : all));
    for (const { command, when } of items)
      if (command === commands.openInAdminCenter) assert.match(when ?? '', /&& !config\.intuneScripts\.useSampleTenant$/);
  });

  test('that change the tenant are not offered where it is read only', () => {
    for (const { when, ...keybinding } of contributes.keybindings ?? []) {
      const text = JSON.stringify(keybinding);
      if (writes.some(command => text.includes(`"${command}"`))) assert.match(when ?? '', /!config\.intuneScripts\.readOnly/, text);
    }
    for (const [place, items] of menus) {
      for (const { command, when = '' } of items) {
        if (writes.includes(command) && when !== 'false') assert.match(when, /!config\.intuneScripts\.readOnly/, `${command} in ${place}`);
      }
    }
    const palette = new Set((contributes.menus['commandPalette'] ?? []).map(({ command }) => command));
    for (const command of writes) assert.ok(palette.has(command), `${command} is in the palette without a condition`);
  });
});

describe('where the extension runs', () => {
  const manifest: Record<string, unknown> = JSON.parse(manifestText);

  test('is the computer of the user first, where Microsoft Graph is called from, and else that of the workspace', () => {
    assert.deepEqual(manifest['extensionKind'], ['ui', 'workspace']);
    assert.match(String(manifest['main']), /^\.\/dist\/extension\.cjs$/);
  });

  test('is not the web, and nothing pretends that it is: no entry for it, no kind, no words', () => {
    assert.ok(!('browser' in manifest));
    assert.ok(!String(manifest['extensionKind']).includes('web'));
    assert.doesNotMatch(`${manifestText}${JSON.stringify(strings)}`, /vscode\.dev|github\.dev|virtual file system/i);
    // It loads in no web extension host without that entry, and `virtualWorkspaces` speaks of files that are elsewhere, of which it reads none.
    assert.ok(!String(manifest['activationEvents']).includes('web'));
  });
});

describe('menus', () => {
  test('refer to commands that are declared', () => {
    for (const [menu, items] of menus) for (const { command } of items) assert.ok(declared.includes(command), `${command} in ${menu}`);
    for (const text of Object.values(strings))
      for (const [, command = ''] of text.matchAll(/\(command:([\w.]+)/g)) assert.ok(declared.includes(command), command);
  });

  test('have at most three inline actions and nine entries for any row, and inline ones have icons', () => {
    const items = contributes.menus['view/item/context'] ?? [];
    for (const { view, words } of rowsOfViews()) {
      const shown = items.filter(({ when = '' }) => isShown(when, view, words));
      const inline = shown.filter(({ group }) => group?.startsWith('inline'));
      assert.ok(inline.length <= 3, `${view}: ${words}`);
      assert.ok(shown.length - inline.length <= 9, `${view}: ${words}: ${shown.length - inline.length}`);
    }
    for (const { command } of items.filter(({ group }) => group?.startsWith('inline')))
      assert.ok(contributes.commands.find(one => one.command === command)?.icon, command);
  });

  test('of views have at most three actions in their title', () => {
    for (const view of Object.values(views)) {
      const shown = (contributes.menus['view/title'] ?? []).filter(
        ({ when = '', group }) => when.includes(`view == ${view}`) && group?.startsWith('navigation'),
      );
      assert.ok(shown.length <= 3, view);
      for (const { command } of shown) assert.ok(contributes.commands.find(one => one.command === command)?.icon, command);
    }
  });

  test('have a group and an order for every entry', () => {
    for (const [menu, items] of menus) {
      if (menu !== 'commandPalette')
        for (const { command, group } of items) assert.match(group ?? '', /^\w+@\d+$/, `${command} in ${menu}`);
    }
  });

  test('go by words that rows have', () => {
    assert.ok(capabilities.length > 3);
    for (const when of whens) for (const word of wordsIn(when)) assert.ok(capabilities.includes(word), `${word} in ${when}`);
    for (const when of whens) assert.doesNotMatch(when, /viewItem\s*[!=]=\s/, 'a context value has several words');
  });
});

describe('conditions', () => {
  test('name only views, context keys, settings and schemes that exist', () => {
    const known = new Set<string>([
      ...Object.values(views),
      ...Object.values(contextKeys),
      ...Object.values(settings).map(name => `config.${section}.${name}`),
    ]);
    for (const when of whens) {
      for (const [name = ''] of when.matchAll(/(?:config\.)?intuneScripts\.\w+/g)) assert.ok(known.has(name), `${name} in ${when}`);
      for (const [, scheme] of when.matchAll(/resourceScheme == (\S+)/g)) assert.equal(scheme, planScheme);
    }
  });

  test('name only states that the view has', () => {
    assert.ok(states.length > 5);
    for (const when of whens) {
      for (const [, state = ''] of when.matchAll(/intuneScripts\.state == '?(\w+)/g)) assert.ok(states.includes(state), when);
      for (const [, list = ''] of when.matchAll(/intuneScripts\.state =~ \/\^\(([^)]*)\)\$\//g)) {
        for (const state of list.split('|')) assert.ok(states.includes(state), `${state} in ${when}`);
      }
      assert.doesNotMatch(when, /intuneScripts\.state\s*!=/, 'a state that is not known yet would show it');
    }
  });

  test('of welcomes are each a positive one, so that none flashes before the state is known', () => {
    for (const { when, view } of contributes.viewsWelcome) {
      assert.match(when, /^intuneScripts\.state == \w+/, when);
      assert.ok(Object.values<string>(views).includes(view));
    }
    const shown = contributes.viewsWelcome.filter(({ view }) => view === views.scripts).map(({ when }) => when);
    assert.equal(new Set(shown).size, shown.length);
    for (const state of states.filter(one => one !== 'loading' && one !== 'ready')) {
      assert.ok(shown.includes(`intuneScripts.state == ${state}`), `${state} has words`);
    }
  });

  test('the views are the ones of the contract', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [container],
    );
    assert.deepEqual(contributes.views[container]?.map(({ id }) => id).toSorted(), Object.values(views).toSorted());
  });
});

describe('settings', () => {
  test('are the ones of the contract, and none can come from a workspace', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(
      Object.keys(properties).toSorted(),
      Object.values(settings)
        .map(name => `${section}.${name}`)
        .toSorted(),
    );
    for (const [name, { scope, default: value }] of Object.entries(properties)) {
      assert.equal(scope, 'application', name);
      assert.notEqual(value, undefined, name);
    }
  });
});

describe('words', () => {
  const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key));

  test('of the manifest are all there, and none is left over', () => {
    assert.deepEqual(
      [...used].filter(key => !(key in strings)),
      [],
    );
    assert.deepEqual(
      Object.keys(strings).filter(key => !used.has(key)),
      [],
    );
  });

  test('titles, descriptions and welcomes are no literals', () => {
    const literal = [...manifestText.matchAll(/"(title|name|contents|category|markdownDescription|contextualTitle)": "([^%][^"]*)"/g)].map(
      ([, , text]) => text,
    );
    assert.deepEqual(
      literal.filter(text => text !== 'intune-scripts'),
      [],
    );
  });

  test('of the sources can be translated: each l10n.t has a literal', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
    const calls = files.flatMap(name =>
      [...textOf(join('src', name)).matchAll(/\bl10n\.t\(\s*(\S)/g)].map(([, first]) => ({ name, first })),
    );
    assert.ok(calls.length > 50);
    assert.deepEqual(
      calls.filter(({ first }) => first !== "'" && first !== '"'),
      [],
    );
    const templates = files.filter(name => /\bl10n\.t\(\s*`/.test(textOf(join('src', name))));
    assert.deepEqual(templates, []);
  });
});
