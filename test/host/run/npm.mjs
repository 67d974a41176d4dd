// npm as a child process, wherever it is.
import { runChild } from './runChild.mjs';

// Inside `npm run` npm names its own script, which also spares Windows the shell that npm.cmd needs.
const inNpm = process.env['npm_execpath']?.endsWith('.js') ? process.env['npm_execpath'] : undefined;

// The Node that npm itself runs on. `npm run` finds this project's own Node first, which is gone while npm installs it anew.
const nodeOfNpm = process.env['npm_node_execpath'] ?? process.execPath;

// What an outer npm says about its own package would only confuse an inner one.
const outer = /^npm_(package|lifecycle)_|^npm_config_(local_prefix|prefix|global_prefix)$|^INIT_CWD$/;
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));

/**
 * Runs npm in a folder, quietly: its output is shown only where it fails.
 *
 * @param {string} cwd
 * @param {readonly string[]} args
 * @returns {Promise<number>} npm's exit code.
 */
export const npm = async (cwd, args) => {
  let said = '';
  const options = { cwd, env, onOutput: text => (said += text) };
  const all = [...args, '--no-fund', '--no-audit', '--no-progress', '--loglevel=error'];
  const code = inNpm
    ? await runChild(nodeOfNpm, [inNpm, ...all], options)
    : await runChild('npm', all, { ...options, shell: process.platform === 'win32' });
  if (code !== 0) console.error(`npm ${args.join(' ')} failed:\n${said.split('\n').slice(0, 25).join('\n')}`);
  return code;
};
