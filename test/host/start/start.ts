// `npm start`: the packaged extension on its sample tenant, in a VS Code of its own.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { requireLinux } from '../install/requireLinux.ts';
import { hostDir, vsix } from '../run/paths.mjs';
import { freshDataDir } from './freshDataDir.ts';
import { startDesktop } from './startDesktop.ts';
import { startInBrowser } from './startInBrowser.ts';
import { writeStartWorkspace } from './startWorkspace.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, desktop: { type: 'boolean' } } });
const port = Number(values.port ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port takes a number from 0 to 65535, and was given "${values.port}".`);
  process.exit(2);
}

const folder = await writeStartWorkspace();
if (values.desktop) {
  await startDesktop(folder, vsix);
} else {
  requireLinux('npm start', '`npm start -- --desktop`, or press F5 in VS Code');
  await freshDataDir(path.join(hostDir, 'start-data'), dataDir => startInBrowser({ folder, vsix, port, dataDir }));
}
