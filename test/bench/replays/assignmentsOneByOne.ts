import { type Assignment, deviceManagement } from './calls.ts';
import type { Replay } from './replay.ts';

// Request pattern of InToolz, public repository (Kvikku/IntuneTools): lists without assignments, the assignments of one object at a time,
// the names from a list of all groups that are no Microsoft 365 groups. When that list is read is in nobody's way here: it comes last.
// The sample tenant knows no `not(...)` in a filter: its security groups stand for them, which are fewer.
const families = ['deviceManagementScripts', 'deviceHealthScripts', 'deviceShellScripts'];

export const assignmentsOneByOne: Replay = {
  name: 'assignments one by one, all groups (InToolz)',
  families: families.length,
  async coldTree(calls, first) {
    for (const family of families) {
      const scripts = await calls.pages(`${deviceManagement}/${family}?$top=1000`);
      for (const { id } of scripts) await calls.get(`${deviceManagement}/${family}/${id}/assignments`);
      first();
    }
    await calls.pages('/beta/groups?$filter=securityEnabled eq true&$select=id,displayName');
  },
  async assign(calls, { family, scriptId, groupId }) {
    const page = await calls.get<{ readonly value: readonly Assignment[] }>(`${deviceManagement}/${family}/${scriptId}/assignments`);
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId };
    const kept = (page?.value ?? []).map(assignment => ({ target: assignment.target }));
    await calls.post(`${deviceManagement}/${family}/${scriptId}/assign`, { deviceManagementScriptAssignments: [...kept, { target }] });
  },
  async findGroup(calls, text) {
    await calls.pages(`/beta/groups?$count=true&$search="displayName:${text}"`);
  },
};
