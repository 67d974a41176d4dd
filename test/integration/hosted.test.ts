import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, Uri, type WorkspaceFolder, workspace } from 'vscode';
import { watchSovereignCloud } from '../../src/host/settings.ts';
import * as contract from '../../src/manifest.ts';
import { restrictedFile } from './names.ts';

/** A folder with nested settings that is opened alone, and one of the workspace files, are opened in Restricted Mode: see run.ts. */
const isMeantTrusted = ({ name }: WorkspaceFolder): boolean =>
  name !== 'nested' && workspace.workspaceFile?.path.endsWith(`/${restrictedFile}`) !== true;

describe('settings', () => {
  const configuration = () => workspace.getConfiguration(contract.section);

  for (const name of Object.values(contract.settings)) {
    it(`${name} cannot be set by a workspace`, async () => {
      await assert.rejects(Promise.resolve(configuration().update(name, configuration().get(name), ConfigurationTarget.Workspace)));
      assert.equal(configuration().inspect(name)?.workspaceValue, undefined);
    });
  }

  it('of a workspace that tries to set them all have no effect', async function () {
    const [folder] = workspace.workspaceFolders ?? [];
    if (!folder) return this.skip();
    assert.equal(workspace.isTrusted, isMeantTrusted(folder));
    const file = await workspace.fs.readFile(Uri.joinPath(folder.uri, '.vscode/settings.json'));
    assert.match(new TextDecoder().decode(file), /eeeeeeee-0000-4000-8000-000000000001/);
    for (const scope of [undefined, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri)]) {
      const scoped = workspace.getConfiguration(contract.section, scope);
      for (const name of Object.values(contract.settings)) {
        const { workspaceValue, workspaceFolderValue, globalValue, defaultValue } = scoped.inspect(name) ?? assert.fail(name);
        assert.deepEqual([workspaceValue, workspaceFolderValue, globalValue], [undefined, undefined, undefined], name);
        assert.deepEqual(scoped.get(name), defaultValue, name);
      }
    }
  });

  it('of a workspace that would have users sign in at an address of its own are noticed, or are not in force', function () {
    const [folder] = workspace.workspaceFolders ?? [];
    if (!folder) return this.skip();
    const setting = watchSovereignCloud();
    const { environment, ofUser, steered } = setting.read();
    setting.dispose();
    assert.equal(ofUser, undefined);
    // In Restricted Mode, VS Code itself leaves them out.
    assert.deepEqual([environment, steered], isMeantTrusted(folder) ? ['custom', true] : [undefined, false]);
  });

  it('are off or safe by default', () => {
    assert.equal(configuration().get(contract.settings.useSampleTenant), false);
    assert.equal(configuration().get(contract.settings.writeMethod), 'auto');
    assert.equal(configuration().get(contract.settings.confirmAbove), 500);
  });
});

describe('plan documents', () => {
  it('say when their plan is gone, and cannot be written', async () => {
    const document = await workspace.openTextDocument(Uri.from({ scheme: contract.planScheme, path: '/999/now.txt' }));
    assert.equal(document.getText(), 'What was shown here is gone. Make it again.');
    assert.equal(workspace.fs.isWritableFileSystem(contract.planScheme), undefined);
  });
});

describe('views', () => {
  for (const view of Object.values(contract.views)) {
    it(`${view} can be focused`, async () => {
      await commands.executeCommand(`${view}.focus`);
    });
  }
});
