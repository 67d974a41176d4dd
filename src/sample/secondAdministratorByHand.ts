import type { Occasion } from './behavior.ts';
import { type FamilyName, families } from './families.ts';
import type { SampleGroup } from './state/group.ts';
import { rowsOf, type SampleScript } from './state/stored.ts';
import type { SampleTenant } from './tenant.ts';

interface Named {
  readonly family: FamilyName;
  readonly id: string;
}

/** Before which step of a change the second administrator is quicker. */
type Moment = 'lastRead' | 'write';

/** The second administrator, for a person who tries the sample tenant. Groups are told by name. */
export interface SecondAdministratorByHand {
  /** Whether changes wait for approval. */
  readonly approves: boolean;
  /** Lets all changes wait for approval, or none. Requests that wait already stay. */
  requireApproval(required: boolean): void;
  /** The requests of others that wait, oldest first. */
  waiting(): readonly { readonly id: string; readonly script: Named; readonly justification: string }[];
  approve(requestId: string): void;
  reject(requestId: string): void;
  /** Lets a request run out, as it does by itself after three days. */
  expire(requestId: string): void;
  /** Assigns a script to a group that it has not; the name of the group. */
  assign(script: Named): string | undefined;
  /** Does the same, once, to the script that is planned next, just after it was read for a plan, or just before it is written. */
  assignNext(moment: Moment, done: (script: Named, group: string) => void): void;
}

const groupTarget = '#microsoft.graph.groupAssignmentTarget';

/** The first group of devices that a script is neither assigned to nor excluded from. */
function groupFor(tenant: SampleTenant, script: SampleScript): SampleGroup | undefined {
  const has = new Set(rowsOf(script).map(({ target }) => String(target['groupId']).toLowerCase()));
  return [...tenant.state.groups.all()].find(({ id, kind, devices }) => kind === 'security' && devices > 0 && !has.has(id.toLowerCase()));
}

function assign(tenant: SampleTenant, { family, id }: Named): string | undefined {
  const script = tenant.state.scripts.get(family, id);
  const group = script && groupFor(tenant, script);
  if (!group) return undefined;
  tenant.admin.add(family, id, { target: { '@odata.type': groupTarget, groupId: group.id } });
  return group.displayName;
}

const isPlanned = ({ method, path }: Occasion): boolean => method === 'GET' && path.endsWith('/assignments');
const isWritten = ({ method, path }: Occasion): boolean => method === 'POST' && path.endsWith('/assign');

/** Gives a person the second administrator of a tenant. */
export function secondAdministratorByHand(tenant: SampleTenant): SecondAdministratorByHand {
  const { admin, behavior, state } = tenant;
  const one = (script: Named) => assign(tenant, script);
  return {
    get approves() {
      return behavior.approvalFamilies.size > 0;
    },
    requireApproval: required => {
      behavior.approvalFamilies = new Set(required ? (Object.keys(families) as FamilyName[]) : []);
    },
    waiting: () =>
      admin
        .approvals()
        .filter(({ status, requestor }) => status === 'needsApproval' && requestor === state.user.displayName)
        .map(({ id, family, objectId, justification }) => ({ id, script: { family, id: objectId }, justification })),
    approve: id => admin.approve(id),
    reject: id => admin.reject(id),
    expire: id => admin.expire(id),
    assign: one,
    assignNext: (moment, done) => {
      const hook = moment === 'lastRead' ? 'afterRead' : 'beforeWrite';
      behavior[hook] = occasion => {
        if (occasion.scriptId === undefined || !(isPlanned(occasion) || isWritten(occasion))) return;
        behavior[hook] = undefined;
        const script = { family: occasion.family, id: occasion.scriptId };
        const group = one(script);
        if (group !== undefined) done(script, group);
      };
    },
  };
}
