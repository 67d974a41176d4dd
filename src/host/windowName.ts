import { createHash, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name for this window and process, from which every other process can tell whether it still lives. */
export const newWindowName = (): string => `${host}-${process.pid}-${randomUUID()}`;

const hostOf = (name: string): string | undefined => /^([0-9a-f]{8})-\d+-/.exec(name)?.[1];

/** Whether the window of a name is, or was, one of this computer. */
export const isOfThisComputer = (name: string): boolean => hostOf(name) === host;

/**
 * Whether the window of a name may still live: its process is there, or it is one of another machine, in a home folder on the network, that
 * cannot be asked. A number of a process is used again after a while, so that whoever is at work gives signs of life, too.
 */
export function mayLive(name: string): boolean {
  if (!isOfThisComputer(name)) return true;
  try {
    process.kill(Number(name.split('-')[1]), 0);
    return true;
  } catch (error) {
    // One of somebody else cannot be asked, and lives.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
