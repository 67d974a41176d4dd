import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name for this window and process, from which every other process can tell whether it still lives. */
export const newWindowName = (): string => `${host}-${process.pid}-${randomUUID()}`;

/** Whether a process of this machine lives. One of somebody else, which cannot be asked, does. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Milliseconds after which a window of another machine, in a home folder on the network, is taken to be gone. */
const longestSilence = 24 * 3_600_000;

/**
 * Whether the window of a name may still live. Of another machine's, nobody can tell: it does for a day after it wrote.
 *
 * @param silentFor milliseconds since it last wrote
 */
export function mayLive(name: string, silentFor: number): boolean {
  const [, itsHost, pid] = /^([0-9a-f]{8})-(\d+)-/.exec(name) ?? [];
  return itsHost === host ? lives(Number(pid)) : silentFor < longestSilence;
}
