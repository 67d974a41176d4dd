import { mkdir, open, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { mayLive } from './windowName.ts';

/** Milliseconds between two signs of life of a holder, and after which one without is taken to be gone. */
const renewEvery = 60_000;
const staleAfter = 5 * 60_000;

const pattern = /^lease-(\d+)$/;
const released = 'released';

const numbersIn = async (folder: string): Promise<readonly number[]> =>
  (await readdir(folder)).flatMap(name => Number(pattern.exec(name)?.[1] ?? Number.NaN)).filter(Number.isInteger);

/** Whether the holder of a lease has it no more: released, its process is gone, or it gave no sign of life. */
async function isFree(file: string, now: number): Promise<boolean> {
  try {
    const [holder, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return holder === released || now - mtimeMs > staleAfter || (holder !== '' && !mayLive(holder, now - mtimeMs));
  } catch {
    // Somebody took it over, or gave it back, this moment.
    return false;
  }
}

/** Writes a file that nobody else has; false where somebody has. */
async function create(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text).finally(() => handle.close());
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Does some work unless another window is at it: undefined then. A lease is a file with a number, which is created by one window only; the
 * highest number counts, so that of two windows that take over a dead one's lease one comes too late.
 */
export async function exclusively<T>(folder: string, window: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const numbers = await numbersIn(folder);
  const last = Math.max(0, ...numbers);
  const fileOf = (number: number): string => join(folder, `lease-${number}`);
  if (numbers.length > 0 && !(await isFree(fileOf(last), Date.now()))) return undefined;
  const mine = last + 1;
  if (!(await create(fileOf(mine), window))) return undefined;
  if ((await numbersIn(folder)).some(number => number > mine)) {
    await rm(fileOf(mine), { force: true });
    return undefined;
  }
  const renewal = setInterval(() => void utimes(fileOf(mine), new Date(), new Date()).catch(() => undefined), renewEvery);
  renewal.unref();
  try {
    await Promise.all(numbers.map(number => rm(fileOf(number), { force: true })));
    return { value: await work() };
  } finally {
    clearInterval(renewal);
    // The number stays, so that the next one is higher.
    const handle = await open(fileOf(mine), 'w', 0o600);
    await handle.writeFile(released).finally(() => handle.close());
  }
}
