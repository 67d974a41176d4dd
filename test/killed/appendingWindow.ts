// A process that appends to a journal until it is killed, or has made as many appends as it was told to. Arguments: folder, name, appends.

import type { JournalStart } from '../../src/intune/journal/journal.ts';
import { pick } from '../../src/sample/random.ts';
import { openJournal } from './openJournal.ts';

const [folder = '', name = '', appends = ''] = process.argv.slice(2);

/** Characters of the longest record: more than a disk takes at once, so that a kill tears some. */
const longest = 500_000;
const mostRecords = 4;

let made = 0;
function record(): JournalStart {
  const id = `${name}-${made}`;
  made += 1;
  // Every second one is short, as most are.
  const length = made % 2 === 0 ? 10 : pick(id, longest);
  const script = { family: 'deviceManagementScripts', id, name: 'ä'.repeat(length) } as const;
  const common = { changeId: name, at: new Date().toISOString(), connection: 'global/tenant/account', account: 'ada@contoso.example' };
  return { type: 'start', id, ...common, script, before: [], after: [] };
}

const orphaned = (): never => process.exit(1);
process.on('disconnect', orphaned);
const journal = openJournal(folder);
for (let n = 0; n < Number(appends); n += 1) {
  await journal.append(Array.from({ length: 1 + pick(`${name}/${n}`, mostRecords) }, record));
  // Acknowledged: from here on a write may be sent.
  process.send?.(made);
}
process.off('disconnect', orphaned);
process.disconnect();
