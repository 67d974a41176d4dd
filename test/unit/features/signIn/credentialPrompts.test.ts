import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { env, window } from 'vscode';
import { credentialPrompts } from '../../../../src/features/signIn/credentialPrompts.ts';

/** What is opened and copied where the user presses the button, for a page that an answer names. */
async function shown(verificationUri: string) {
  const opened: string[] = [];
  const copied: string[] = [];
  const said: string[] = [];
  Object.assign(env, {
    clipboard: { writeText: async (text: string) => void copied.push(text) },
    openExternal: async (uri: unknown) => opened.push(String(uri)),
  });
  Object.assign(window, {
    withProgress: async (_: unknown, work: (progress: unknown, token: unknown) => Promise<unknown>) =>
      work({}, { onCancellationRequested: () => undefined }),
    showInformationMessage: async (text: string, ...buttons: readonly string[]) => {
      said.push(text);
      return buttons[0];
    },
  });
  await credentialPrompts.withDeviceCode(async show => {
    show({ userCode: 'ABC-123', verificationUri });
    await setImmediate();
  });
  return { opened, copied, said };
}

test('the page to enter a code on is opened and the code copied, as SECURITY.md says', async () => {
  const page = 'https://microsoft.com/devicelogin';
  const { opened, copied, said } = await shown(page);
  assert.deepEqual(opened, [page]);
  assert.deepEqual(copied, ['ABC-123']);
  assert.match(said[0] ?? '', /https:.*microsoft\.com.*devicelogin/);
});

test('a page that is not https is not opened, whoever names it', async () => {
  for (const page of ['http://microsoft.com/devicelogin', 'command:workbench.action.quit', 'file:///etc/passwd', '']) {
    assert.deepEqual((await shown(page)).opened, []);
  }
});
