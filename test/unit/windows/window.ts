// A window without VS Code: a process that makes one bulk change, as the extension host does. Its arguments say what and where.
import { transientMemory } from '../../../src/connections/memory.ts';
import { createGraphClient } from '../../../src/graph/client.ts';
import { clouds } from '../../../src/graph/clouds.ts';
import { systemClock } from '../../../src/host/clock.ts';
import { createJournalFile } from '../../../src/host/journalFile.ts';
import { newWindowName } from '../../../src/host/windowName.ts';
import { addGroups } from '../../../src/intune/addGroups.ts';
import { planChanges } from '../../../src/intune/plan.ts';
import { readManyAssignments } from '../../../src/intune/readAssignments.ts';
import type { ScriptRef } from '../../../src/intune/script.ts';
import { writePlans } from '../../../src/intune/write/writePlans.ts';

const [folder = '', address = '', account = '', group = '', ...ids] = process.argv.slice(2);

const client = createGraphClient({
  cloud: clouds.global,
  credential: { getToken: async () => ({ token: account, expiresOnTimestamp: Number.MAX_SAFE_INTEGER }) },
  fetch: async request => {
    const { pathname, search } = new URL(request.url);
    return fetch(new Request(`${address}${pathname}${search}`, request));
  },
  clock: systemClock,
});

const scripts = ids.map((id): ScriptRef => ({ family: 'deviceManagementScripts', id, name: id }));
const bases = await readManyAssignments(client, scripts, []);
const plans = scripts.flatMap((script, index) => {
  const base = bases[index];
  return base?.ok ? [planChanges(script, base.value, addGroups(script, [group]))] : [];
});
await writePlans(plans, {
  client,
  journal: createJournalFile(folder, newWindowName()),
  memory: transientMemory(),
  clock: systemClock,
  writeMethod: 'assign',
  connection: 'global/tenant/account',
  account,
  newId: () => crypto.randomUUID(),
  report: error => console.error(error),
});
