import type { PastChange, PastWrite } from '../../../src/intune/history/pastChange.ts';
import { assigned, groupId, include, now } from './sampleInventory.ts';

/** A write that added the first group to a script, written unless said otherwise. */
export function pastWrite(given: Partial<PastWrite> = {}): PastWrite {
  const assignment = assigned(include(1));
  const outcome = given.outcome ?? 'written';
  const started = outcome !== 'notStarted';
  return {
    script: { family: 'deviceManagementScripts', id: 'a', name: 'Alpha' },
    outcome,
    id: started ? 'start' : undefined,
    at: started ? new Date(now).toISOString() : undefined,
    error: undefined,
    wanted: [{ kind: 'add', assignment }],
    before: [],
    after: started ? [assignment] : [],
    differences: started ? [{ kind: 'added', assignment }] : [],
    undone: false,
    resumed: false,
    approval: undefined,
    refused: undefined,
    completed: false,
    visible: true,
    ...given,
  };
}

/** A change of one script, made just now. */
export const pastChange = (given: Partial<PastChange> = {}): PastChange => ({
  id: 'change',
  at: new Date(now).toISOString(),
  connection: 'global/tenant/account',
  account: 'ada@contoso.example',
  writes: [pastWrite()],
  groupNames: new Map([[groupId(1), 'Sales']]),
  undoes: undefined,
  resumes: undefined,
  allOrNone: false,
  asWanted: [],
  shortfalls: new Map(),
  unreadable: [],
  ...given,
});
