import type { SharedJournal } from '../journal.ts';
import type { PastChange } from './pastChange.ts';
import { pastChanges } from './pastChanges.ts';

/** What was changed here in one connection, newest first, by this window and others. */
export async function readHistory(journal: Pick<SharedJournal, 'read' | 'living'>): Promise<readonly PastChange[]> {
  const [records, living] = await Promise.all([journal.read(), journal.living()]);
  return pastChanges(records, living);
}
