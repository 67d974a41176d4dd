import { type Assignment, type Calls, deviceManagement, type Item } from './calls.ts';
import type { AssignCase, Replay } from './replay.ts';

// Request pattern of Intune Toolkit 1.3.0, public repository (MG-Cloudflow/Intune-Toolkit): organization, user and all security groups,
// 100 a page, at sign-in; a family when it is opened, with its filters each time; before an assignment the filters and the object with
// its assignments; after it the whole family again.
const families = ['deviceManagementScripts', 'deviceHealthScripts', 'deviceShellScripts', 'deviceCustomAttributeShellScripts'];
const allSecurityGroups = '/beta/groups?$filter=securityEnabled eq true&$select=id,displayName';
const filters = `${deviceManagement}/assignmentFilters`;

async function assignAll(calls: Calls, wanted: readonly AssignCase[]): Promise<void> {
  await calls.pages(filters);
  for (const { family, scriptId, groupId } of wanted) {
    const script = await calls.get<Item>(`${deviceManagement}/${family}('${scriptId}')?$expand=assignments`);
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId };
    const kept = (script?.assignments ?? []).map((assignment: Assignment) => ({ target: assignment.target }));
    await calls.post(`${deviceManagement}/${family}('${scriptId}')/assign`, { deviceManagementScriptAssignments: [...kept, { target }] });
  }
  await calls.pages(`${deviceManagement}/deviceManagementScripts?$expand=assignments`);
  await calls.pages(filters);
}

export const allGroupsThenFamilies: Replay = {
  name: 'all groups first, then each family (Intune Toolkit)',
  families: families.length,
  async coldTree(calls, first) {
    await calls.get('/v1.0/organization');
    await calls.get('/v1.0/me');
    await calls.pages(allSecurityGroups);
    for (const family of families) {
      await calls.pages(`${deviceManagement}/${family}?$expand=assignments`);
      await calls.pages(filters);
      first();
    }
  },
  assign: (calls, wanted) => assignAll(calls, [wanted]),
  assignMany: assignAll,
  async findGroup(calls) {
    await calls.pages(allSecurityGroups);
  },
};
