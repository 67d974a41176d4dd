import { deviceManagement, groupIdsOf } from './calls.ts';
import type { Replay } from './replay.ts';

// Request pattern of Get-IntuneAssignments, public script: lists with their assignments, then a group and a filter for each assignment,
// however often they were read before. It only reads.
const families = ['deviceManagementScripts', 'deviceHealthScripts'];
const noFilter = '00000000-0000-0000-0000-000000000000';

export const groupPerAssignment: Replay = {
  name: 'a group per assignment (Get-IntuneAssignments)',
  families: families.length,
  async coldTree(calls, first) {
    for (const family of families) {
      for (const { assignments = [] } of await calls.pages(`${deviceManagement}/${family}?$expand=assignments`)) {
        for (const groupId of groupIdsOf(assignments)) await calls.get(`/v1.0/groups/${groupId}`);
        for (const { target } of assignments) {
          const filter = target.deviceAndAppManagementAssignmentFilterId;
          if (filter && filter !== noFilter) await calls.get(`${deviceManagement}/assignmentFilters/${filter}`);
        }
      }
      first();
    }
  },
};
