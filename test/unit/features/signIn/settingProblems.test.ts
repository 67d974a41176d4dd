import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { commands, window } from 'vscode';
import { createSettingProblems } from '../../../../src/features/signIn/settingProblems.ts';
import type { SettingProblem } from '../../../../src/host/settings.ts';

const shown: string[] = [];
const run: unknown[][] = [];
let press: string | undefined;
Object.assign(window, {
  showErrorMessage: async (message: string) => {
    shown.push(message);
    return press;
  },
});
Object.assign(commands, { executeCommand: async (...args: unknown[]) => void run.push(args) });
beforeEach(() => {
  shown.length = 0;
  run.length = 0;
  press = undefined;
});

const readOnly: SettingProblem = { key: 'readOnly', message: 'readOnly is wrong.' };
const cloud: SettingProblem = { key: 'cloud', message: 'cloud is wrong.' };

test('each problem is told once as long as it lasts, and again when it comes back, in a notification and in the log', async () => {
  const log: string[] = [];
  const check = createSettingProblems(line => log.push(line));
  for (const problems of [[], [readOnly], [readOnly], [readOnly, cloud], [], [cloud]]) await check({ problems });
  assert.deepEqual(shown, [readOnly.message, cloud.message, cloud.message]);
  assert.deepEqual(log, shown);
});

test('problems that are found at once are one notification', async () => {
  await createSettingProblems(() => {})({ problems: [readOnly, cloud] });
  assert.deepEqual(shown, ['readOnly is wrong. cloud is wrong.']);
});

test('Open Settings opens the setting, or all where there are several', async () => {
  press = 'Open Settings';
  await createSettingProblems(() => {})({ problems: [readOnly] });
  await createSettingProblems(() => {})({ problems: [readOnly, cloud] });
  assert.deepEqual(run, [
    ['workbench.action.openSettings', 'intuneScripts.readOnly'],
    ['workbench.action.openSettings', 'intuneScripts'],
  ]);
});
