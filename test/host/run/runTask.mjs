// Runs the steps of a task, and adds up what their tests counted.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { compileCache, inRoot, node24, resultsDir, root } from './paths.mjs';
import { runChild } from './runChild.mjs';
import { tasks } from './tasks.mjs';

/** Steps that a person waits for say nothing of their own; their output is shown only where something is wrong. */
const runQuietly = async (step, args, options) => {
  let said = '';
  const code = await runChild(node24, args, { ...options, onOutput: text => (said += text) });
  const refused = (step.mustNotSay?.test(said) ?? false) || !(step.mustSay?.test(said) ?? true);
  if (code || refused) process.stderr.write(said);
  if (refused) console.error(`What ${step.name} said counts as a failure here.`);
  return code || (refused ? 1 : 0);
};

const runStep = async (step, extra, quiet) => {
  if (step.counts) {
    await mkdir(resultsDir, { recursive: true });
    await rm(step.counts, { force: true });
  }
  const files = step.files && !extra.some(argument => !argument.startsWith('-')) ? step.files : [];
  const args = [...step.args, ...extra, ...files];
  const options = { cwd: root, env: { NODE_COMPILE_CACHE: compileCache, ...process.env } };
  return quiet || step.mustNotSay || step.mustSay ? runQuietly(step, args, options) : runChild(node24, args, options);
};

const countsOf = async step => {
  const none = { passed: 0, failed: 0, skipped: 0 };
  // Who is ended before the end leaves no counts, or an empty file.
  const text = step.counts ? await readFile(step.counts, 'utf8').catch(() => '') : '';
  return text ? { ...none, ...JSON.parse(text) } : none;
};

/**
 * Runs a task, stopping at the first step that fails. A task of several visible steps says how long each took, and tests end
 * with one line that sums them up.
 *
 * @param {string} name One of `tasks`.
 * @param {readonly string[]} extra Arguments for the task's last step.
 * @returns {Promise<number>} The exit code.
 */
export const runTask = async (name, extra) => {
  const steps = tasks[name];
  const all = name === 'test';
  const total = { passed: 0, failed: 0, skipped: 0 };
  let code = 0;
  for (const step of steps) {
    const last = step === steps.at(-1);
    const started = performance.now();
    code = await runStep(step, last ? extra : [], !last && !all);
    const counts = await countsOf(step);
    for (const key of Object.keys(total)) total[key] += counts[key];
    if (all) console.log(`${code ? 'FAILED' : 'ok'}  ${step.name}  ${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (code) break;
  }
  if (name === 'package' && !code) console.log(`Wrote ${inRoot('dist', 'intune-scripts.vsix')}`);
  if (code && total.failed === 0) total.failed = 1;
  if (steps.some(step => step.counts)) {
    console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
  }
  return code;
};
