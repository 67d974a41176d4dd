import type { Clock } from '../base/clock.ts';
import type { Disk, FileState } from './disk.ts';

/** Milliseconds between two signs of life of whoever is at work, and after which one without is taken to be gone. */
export const renewEvery = 60_000;
const staleAfter = 5 * 60_000;

/** Whether a file was not touched of late. One that was touched in the future was touched before the clock was set. */
export const isStale = ({ changedAt }: Pick<FileState, 'changedAt'>, clock: Pick<Clock, 'now'>): boolean =>
  Math.abs(clock.now() - changedAt) > staleAfter;

const released = 'released';

/** What a lease is kept by. */
export interface LeaseParts {
  readonly disk: Disk;
  readonly clock: Clock;
  /** The name of this window, and whether the process of another one lives. */
  readonly window: string;
  readonly lives: (window: string) => boolean;
}

const prefix = 'lease-';
const nameOf = (number: number): string => prefix + number;

/** The numbers of leases. A name that no lease gets, such as one that is too high to go on from, is none. */
const numbersIn = async (disk: Disk): Promise<readonly number[]> =>
  (await disk.list()).flatMap(name => {
    const number = Number(name.slice(prefix.length));
    return name === nameOf(number) && Number.isSafeInteger(number + 1) ? [number] : [];
  });

/** Touches a file again and again, until it is told to stop, and does something else each time. */
export function keepTouched(
  name: string,
  { disk, clock }: Pick<LeaseParts, 'disk' | 'clock'>,
  andDo = async (): Promise<void> => undefined,
): { stop(): void } {
  const stopped = new AbortController();
  const touch = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(renewEvery, stopped.signal);
      await andDo();
      await disk.touch(name);
    }
  };
  // A file that cannot be touched is taken to be of nobody, which others say in their own words.
  touch().catch(() => undefined);
  return { stop: () => stopped.abort() };
}

/** Whether the holder of a lease has it no more: released, its process is gone, or it gave no sign of life. */
async function isFree(name: string, { disk, clock, lives }: LeaseParts): Promise<boolean> {
  const state = await disk.state(name);
  // Somebody took it over, or gave it back, this moment.
  if (!state) return false;
  const holder = String(await disk.read(name));
  return holder === released || isStale(state, clock) || (holder !== '' && !lives(holder));
}

/**
 * Does some work unless another window is at it: undefined then. A lease is a file with a number, which is created by one window only; the
 * highest number counts, so that of two windows that take over a dead one's lease one comes too late.
 */
export async function exclusively<T>(parts: LeaseParts, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
  const { disk, window } = parts;
  const numbers = await numbersIn(disk);
  const last = Math.max(0, ...numbers);
  if (numbers.length > 0 && !(await isFree(nameOf(last), parts))) return undefined;
  const mine = nameOf(last + 1);
  if (!(await disk.create(mine, window))) return undefined;
  if ((await numbersIn(disk)).some(number => number > last + 1)) {
    await disk.remove(mine);
    return undefined;
  }
  const renewal = keepTouched(mine, parts);
  try {
    await Promise.all(numbers.map(number => disk.remove(nameOf(number))));
    return { value: await work() };
  } finally {
    renewal.stop();
    // The number stays, so that the next one is higher.
    await disk.replace(mine, released);
  }
}
