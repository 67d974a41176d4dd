// A disk in memory that takes as long as one, fails as one, and loses what was not synced when the power goes.
import type { Disk, FileState } from '../../src/host/disk.ts';

/** How long an append takes, in milliseconds: waiting for it in the wrong place shows. */
const appendMs = 4;

interface File {
  text: string;
  /** Characters that are on disk for certain. */
  synced: number;
  changedAt: number;
  readonly identity: number;
}

/** What becomes of one append: it fails, or its window dies; with all of it written, half, or nothing. */
export interface AppendFault {
  readonly writes: 'all' | 'half' | 'nothing';
  readonly ends: 'failure' | 'death';
}

export interface SimulatedDisk {
  /** The disk as one window has it: `faultOf` is asked at each append, `die` ends the window. */
  open(sleep: (ms: number) => Promise<void>, faultOf: () => AppendFault | undefined, die: () => void): Disk;
  /** The lines of all files. */
  lines(): readonly string[];
  /** What was not synced is gone. */
  losePower(): void;
}

export function createDisk(now: () => number): SimulatedDisk {
  const files = new Map<string, File>();
  let made = 0;
  const fileOf = (name: string): File => {
    const file = files.get(name) ?? { text: '', synced: 0, changedAt: now(), identity: ++made };
    files.set(name, file);
    return file;
  };
  return {
    lines: () => [...files.values()].flatMap(({ text }) => text.split('\n')),
    losePower() {
      for (const file of files.values()) file.text = file.text.slice(0, file.synced);
    },
    open: (sleep, faultOf, die) => ({
      list: async () => [...files.keys()],
      async state(name): Promise<FileState | undefined> {
        const file = files.get(name);
        return file && { size: Buffer.byteLength(file.text), changedAt: file.changedAt, identity: file.identity };
      },
      async read(name, from = 0) {
        return Buffer.from(files.get(name)?.text ?? '').subarray(from);
      },
      async append(name, text) {
        const file = fileOf(name);
        const fault = faultOf();
        const share = fault?.writes === 'half' ? 0.5 : fault?.writes === 'nothing' ? 0 : 1;
        file.text += text.slice(0, Math.floor(text.length * share));
        file.changedAt = now();
        if (fault?.ends === 'death') die();
        await sleep(appendMs);
        if (fault) throw new Error('The disk is full.');
        file.synced = file.text.length;
      },
      async create(name, text) {
        if (files.has(name)) return false;
        const file = fileOf(name);
        file.text = text;
        file.synced = text.length;
        return true;
      },
      async replace(name, text) {
        files.set(name, { text, synced: text.length, changedAt: now(), identity: ++made });
      },
      async touch(name) {
        fileOf(name).changedAt = now();
      },
      async remove(name) {
        files.delete(name);
      },
    }),
  };
}
