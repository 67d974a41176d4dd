import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { window } from 'vscode';
import type { SignInOutcome } from '../../../src/auth/signIn.ts';
import { showOutcome } from '../../../src/features/signIn/showOutcome.ts';
import { ask, say, sayError, sayWarning } from '../../../src/ui/notifications.ts';
import { signInOver } from '../auth/fakes.ts';

const shown: unknown[][] = [];
const show = async (...args: unknown[]): Promise<undefined> => void shown.push(args);
Object.assign(window, { showInformationMessage: show, showWarningMessage: show, showErrorMessage: show });
beforeEach(() => {
  shown.length = 0;
});

const evil = 'x](command:evil)\u202E\nnext';
const harmless = 'x] (command:evil) next';

describe('a notification', () => {
  for (const [name, tell] of Object.entries({ say, sayWarning, sayError })) {
    test(`by ${name} makes no link of its text, which is one line`, async () => {
      await tell(evil, 'Button');
      assert.deepEqual(shown, [[harmless, 'Button']]);
    });
  }

  test('that asks keeps the lines of its detail', async () => {
    await ask(evil, 'a](b\nc', 'Button');
    assert.deepEqual(shown, [[harmless, { modal: true, detail: 'a] (b\nc' }, 'Button']]);
  });
});

describe('what an outcome of sign-in says', () => {
  const told = async (outcome: SignInOutcome): Promise<string> => {
    assert.equal(await showOutcome(signInOver().signIn, outcome, 'global', { info: () => undefined }), false);
    return JSON.stringify(shown);
  };

  test('has no link out of the words of the provider', async () => {
    assert.match(await told({ kind: 'refused', refusal: { reason: 'other', message: evil } }), /x\] \(command:evil\) next/);
  });

  test('names accounts in plain text, and by their ids where nothing of a name would be seen', async () => {
    const words = await told({ kind: 'otherAccount', expected: { id: 'a-id', label: evil }, actual: { id: 'b-id', label: '\u200B' } });
    assert.match(words, /You signed in as b-id, not as x\] \(command:evil\) next\./);
    assert.match(words, /"Use b-id"/);
  });
});
