// Where things are in the checkout. Plain JavaScript, because the installer reads it before anything is installed.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** A path inside the checkout. */
export const inRoot = (...parts) => path.join(root, ...parts);

/** What VS Code needs to run here, and what runs leave behind. Ignored by git. */
export const hostDir = inRoot('.vscode-test');

/** Screenshots and test counts. Ignored by git. */
export const resultsDir = inRoot('test-results');

/** What Node has compiled of sources and of VS Code: each test file is a process of its own, and compiling takes half of it. Ignored by git. */
export const compileCache = inRoot('.vscode-test', 'compile-cache');

/** The packaged extension. */
export const vsix = inRoot('dist', 'intune-scripts.vsix');

/** The Node that the `node` package brought, which is the one of today's VS Code. */
export const node24 = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
