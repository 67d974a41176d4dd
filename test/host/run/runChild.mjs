// One child process, ended with this one.
import { spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end and answers its exit code; a signal or a failed start counts as 1. Signals that reach this
 * process are passed on, so that whoever ends the outer process ends the inner one.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { onOutput?: (text: string) => void }} options With `onOutput` the output is handed over as it comes.
 * @returns {Promise<number>}
 */
export const runChild = (program, args, { onOutput, ...options } = {}) =>
  new Promise(resolve => {
    const child = spawn(program, args, { stdio: onOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit', ...options });
    const passOn = signal => child.kill(signal);
    const end = code => {
      for (const signal of signals) process.off(signal, passOn);
      resolve(code);
    };
    for (const signal of signals) process.on(signal, passOn);
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
    child.on('error', error => {
      console.error(`${program} did not start: ${error.message}`);
      end(1);
    });
    child.on('close', code => end(code ?? 1));
  });
