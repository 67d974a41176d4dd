import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** Lends an empty folder, beside those of other runs, and removes it at the end. */
export async function freshDataDir(prefix: string, use: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(path.dirname(prefix), { recursive: true });
  const folder = await mkdtemp(`${prefix}-`);
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
