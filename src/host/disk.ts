import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** What is known of a file. */
export interface FileState {
  /** Bytes. */
  readonly size: number;
  /** When it was written or touched last: milliseconds since the epoch. */
  readonly changedAt: number;
  /** Another number after the file was put in the place of another one. */
  readonly identity: number;
}

/** One folder of files, for the user alone: mode 0600, in a folder of mode 0700. */
export interface Disk {
  /** Names of all files, and of nothing else that is there; none where there is no folder. */
  list(): Promise<readonly string[]>;
  /** Undefined where there is no such file, or not any more. */
  state(name: string): Promise<FileState | undefined>;
  /** The bytes of a file from a place on; none where it is gone. */
  read(name: string, from?: number): Promise<Buffer>;
  /** Adds to a file, and resolves when it is on disk. What an append leaves that fails is taken away again, if that can be. */
  append(name: string, text: string): Promise<void>;
  /** Makes a file that nobody else has; false where somebody has. */
  create(name: string, text: string): Promise<boolean>;
  /** Puts other text into a file, all of it or nothing, on disk when it resolves. */
  replace(name: string, text: string): Promise<void>;
  touch(name: string): Promise<void>;
  remove(name: string): Promise<void>;
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

/** What is there; `otherwise` where it is not, or not any more: another window may have forgotten what is old. */
const orGone = <T, U>(work: Promise<T>, otherwise: U): Promise<T | U> =>
  work.catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return otherwise;
    throw error;
  });

/** A folder of the file system. It is made with the first file. */
export function folderOnDisk(folder: string): Disk {
  const pathOf = (name: string): string => join(folder, name);

  async function opened<T>(name: string, flags: string, work: (handle: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
    const handle = await open(pathOf(name), flags, 0o600);
    try {
      return await work(handle);
    } finally {
      await handle.close();
    }
  }

  const ensureFolder = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });

  return {
    async list() {
      const found = await orGone(readdir(folder, { withFileTypes: true }), []);
      return found.flatMap(entry => (entry.isFile() ? [entry.name] : []));
    },
    async state(name) {
      const found = await orGone(stat(pathOf(name)), undefined);
      return found && { size: found.size, changedAt: found.mtimeMs, identity: found.ino };
    },
    read: (name, from = 0) =>
      orGone(
        opened(name, 'r', async handle => {
          const { size } = await handle.stat();
          const buffer = Buffer.alloc(Math.max(0, size - from));
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
          return buffer.subarray(0, bytesRead);
        }),
        Buffer.alloc(0),
      ),
    async append(name, text) {
      await ensureFolder();
      await opened(name, 'a', async handle => {
        const { size } = await handle.stat();
        try {
          await handle.appendFile(text);
          await handle.sync();
        } catch (error) {
          await handle.truncate(size).catch(() => undefined);
          throw error;
        }
      });
    },
    async create(name, text) {
      await ensureFolder();
      try {
        await opened(name, 'wx', handle => handle.writeFile(text));
        return true;
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return false;
        throw error;
      }
    },
    async replace(name, text) {
      await opened(`${name}.new`, 'w', async handle => {
        await handle.writeFile(text);
        await handle.sync();
      });
      await rename(pathOf(`${name}.new`), pathOf(name));
    },
    touch: name => utimes(pathOf(name), new Date(), new Date()),
    remove: name => rm(pathOf(name), { force: true }),
  };
}
