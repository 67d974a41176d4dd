import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import * as contract from '../../src/manifest.ts';

describe('the extension', () => {
  const extension = extensions.all.find(({ packageJSON }) => packageJSON.name === 'intune-scripts');

  it('becomes active', async () => {
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('gives nothing to other extensions', () => {
    assert.equal(extension?.exports, undefined);
  });

  it('registers every command of the contract', async () => {
    const registered = new Set(await commands.getCommands(true));
    assert.deepEqual(
      Object.values(contract.commands).filter(id => !registered.has(id)),
      [],
    );
  });
});
