import { type Assignment, deviceManagement, groupIdsOf } from './calls.ts';
import type { Replay } from './replay.ts';

// Request pattern of the older Intune samples for PowerShell of Microsoft, public repository (microsoftgraph/powershell-intune-samples): a list, then
// the object and the assignments of each, and a group per assignment. Its assign sample posts the one new assignment, in place of all.
export const assignWithoutReading: Replay = {
  name: 'assign without reading (Intune samples)',
  families: 1,
  async coldTree(calls, first) {
    const family = 'deviceManagementScripts';
    for (const { id } of await calls.pages(`${deviceManagement}/${family}`)) {
      await calls.get(`${deviceManagement}/${family}/${id}`);
      const assignments = await calls.pages<Assignment>(`${deviceManagement}/${family}/${id}/assignments`);
      for (const groupId of groupIdsOf(assignments)) await calls.get(`/beta/groups/${groupId}`);
    }
    first();
  },
  async assign(calls, { family, scriptId, groupId }) {
    const one = { '@odata.type': '#microsoft.graph.deviceManagementScriptGroupAssignment', targetGroupId: groupId, id: scriptId };
    await calls.post(`${deviceManagement}/${family}/${scriptId}/assign`, { deviceManagementScriptGroupAssignments: [one] });
  },
};
