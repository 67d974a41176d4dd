import { views } from '../contract.ts';
import { withViewProgress } from '../views/withViewProgress.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Reads with progress in the Changes view; undefined where that fails, which the log tells. */
export async function readOrLog<T>({ log }: Pick<WriteCommandParts, 'log'>, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await withViewProgress(read, views.changes);
  } catch (error) {
    log.error(error);
    return undefined;
  }
}
