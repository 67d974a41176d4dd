// Makes a fresh or changed checkout ready to run: the packages of the lock file, and among them Node 24.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { npm } from './npm.mjs';
import { inRoot, node24, root } from './paths.mjs';

// Inside node_modules, so that an installation that was interrupted has none: npm empties the folder first.
const stamp = inRoot('node_modules', '.lock-file-hash');
const read = file => readFile(file, 'utf8').catch(() => undefined);

/** Whether node_modules has every package of the lock file already, as after `npm install` by hand. */
const agrees = async lock => {
  const record = await read(inRoot('node_modules', '.package-lock.json'));
  if (!record) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(JSON.parse(lock).packages)
    .filter(([name, { optional, devOptional }]) => name !== '' && !optional && !devOptional)
    .every(([name, { version }]) => installed[name]?.version === version && existsSync(inRoot(name, 'package.json')));
};

/**
 * Installs what is missing, says so in one line each, and is silent where nothing is.
 *
 * @returns {Promise<number>} 0, or the exit code of the npm that failed.
 */
export const prepareCheckout = async () => {
  const lock = await readFile(inRoot('package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  const known = (await read(stamp)) === hash;
  if (!known && !(await agrees(lock))) {
    console.log('Installing the packages of package-lock.json (once) …');
    const failed = await npm(root, ['ci', '--ignore-scripts']);
    if (failed) return failed;
  }
  if (!existsSync(node24)) {
    console.log('Installing Node 24 for this project only (once) …');
    // The one package whose install script is run: it puts the binary in place.
    const failed = await npm(root, ['rebuild', 'node', '--ignore-scripts=false']);
    if (failed) return failed;
  }
  if (!known) await writeFile(stamp, hash);
  return 0;
};
