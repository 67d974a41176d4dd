import { type Assignment, deviceManagement, groupIdsOf } from './calls.ts';
import type { Replay } from './replay.ts';

// Request pattern of IntuneAssignmentChecker, public repository (ugurkocde/IntuneAssignmentChecker): a list, the assignments of each object,
// each group once, the filters once. It only reads.
const families = ['deviceManagementScripts', 'deviceHealthScripts'];

export const groupOncePerTenant: Replay = {
  name: 'N+1, each group once (IntuneAssignmentChecker)',
  families: families.length,
  async coldTree(calls, first) {
    const known = new Set<string>();
    await calls.pages(`${deviceManagement}/assignmentFilters`);
    for (const family of families) {
      const scripts = await calls.pages(`${deviceManagement}/${family}`);
      for (const { id } of scripts) {
        const assignments = await calls.pages<Assignment>(`${deviceManagement}/${family}('${id}')/assignments`);
        for (const groupId of groupIdsOf(assignments)) {
          if (known.has(groupId.toLowerCase())) continue;
          known.add(groupId.toLowerCase());
          await calls.get(`/beta/groups/${groupId}?$select=id,displayName,groupTypes,mailEnabled,securityEnabled,mail`);
        }
      }
      first();
    }
  },
};
