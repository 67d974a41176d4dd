import { type Assignment, type Calls, deviceManagement, type Item } from './calls.ts';
import type { Replay } from './replay.ts';

// Request pattern of CIPP, public repository (KelvinTegelaar/CIPP-API): one $batch of the lists and of all groups, 999 a page, then one more
// $batch for each further page. Nothing is shown before all of it is there.
const lists = ['deviceManagementScripts', 'deviceShellScripts', 'deviceHealthScripts', 'configurationPolicies'];

const bodyKeys = {
  deviceManagementScripts: 'deviceManagementScriptAssignments',
  deviceHealthScripts: 'deviceHealthScriptAssignments',
} as const;

interface Batch {
  readonly responses: readonly {
    readonly id: string;
    readonly body: { readonly value?: readonly Item[]; readonly '@odata.nextLink'?: string };
  }[];
}

async function batch(calls: Calls, urls: readonly string[]): Promise<readonly string[]> {
  const requests = urls.map((url, id) => ({ id: String(id), method: 'GET', url }));
  const answer = await calls.post<Batch>('/beta/$batch', { requests });
  return (answer?.responses ?? []).flatMap(({ body }) => body['@odata.nextLink']?.replace(/^https:\/\/[^/]+\/beta/, '') ?? []);
}

export const oneBatchAndAllGroups: Replay = {
  name: 'one batch of lists and all groups (CIPP)',
  families: lists.length,
  async coldTree(calls, first) {
    const next = await batch(calls, [
      '/groups?$top=999&$select=id,displayName',
      ...lists.map(list => `/deviceManagement/${list}?$expand=assignments`),
    ]);
    for (const start of next) {
      for (let urls: readonly string[] = [start]; urls.length > 0; ) urls = await batch(calls, urls);
    }
    first();
  },
  // What a kept assignment of a remediation says beside its target is left out, as there.
  remediations: true,
  async assign(calls, { family, scriptId, groupId }) {
    const existing = await calls.pages<Assignment>(`${deviceManagement}/${family}('${scriptId}')/assignments`);
    const target = { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId };
    const kept = existing.map(assignment => ({ target: assignment.target }));
    await calls.post(`${deviceManagement}/${family}('${scriptId}')/assign`, { [bodyKeys[family]]: [...kept, { target }] });
  },
  async findGroup(calls) {
    await calls.pages('/beta/groups?$select=id,displayName&$top=999');
  },
};
