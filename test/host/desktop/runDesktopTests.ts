// `npm run test:desktop`: the integration suite in desktop VS Code, at the oldest version that is supported and at today's.
import { readFile } from 'node:fs/promises';
import { runTests } from '@vscode/test-electron';
import { bundleSuite } from '../../integration/bundleSuite.ts';
import { makeHostileWorkspace } from '../../integration/hostileWorkspace.ts';
import { hostDir, inRoot, root } from '../run/paths.mjs';

const manifest = JSON.parse(await readFile(inRoot('package.json'), 'utf8')) as { engines: { vscode: string } };
const minimum = manifest.engines.vscode.replace(/^\D+/, '');
const extensionTestsPath = await bundleSuite();
const { several } = await makeHostileWorkspace();

for (const version of [minimum, 'stable']) {
  console.log(`\nDesktop VS Code ${version}`);
  await runTests({
    version,
    cachePath: hostDir,
    extensionDevelopmentPath: root,
    extensionTestsPath,
    launchArgs: [several, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
  });
}
