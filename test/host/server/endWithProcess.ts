import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

const running = new Map<ChildProcess, string | undefined>();
let listening = false;

/** Ends what is left of the process group that a child leads. */
export function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/**
 * Ends the process group of a child where this process ends before it has done so itself: at an error, at a signal, or by `process.exit`.
 *
 * @param folder Removed then, as far as that goes while the child is still ending.
 * @returns Undoes it, for when the child has been ended in the ordinary way.
 */
export function endWithProcess(child: ChildProcess, folder: string | undefined): () => void {
  if (!listening) listen();
  running.set(child, folder);
  return () => running.delete(child);
}

function listen(): void {
  listening = true;
  process.once('exit', () => {
    for (const [child, folder] of running) {
      endGroup(child, 'SIGTERM');
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // Where somebody else listens, this process ends in good order, as in `npm start`.
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));
  }
}
