import type { FamilyName } from './families.ts';
import type { Fault } from './fault.ts';

/** How `assign` answers when it worked. */
type AssignAnswer = '200 with body' | '200 empty' | '204';

/** What an interfering test is told about the request. */
export interface Occasion {
  readonly method: string;
  readonly path: string;
  readonly family: FamilyName;
  readonly scriptId: string | undefined;
  /** Path and query as they were sent. */
  readonly target: string;
}

/** Runs while the tenant handles a request to a family; what it changes through `admin` is in time for (or too late for) the request. */
type Hook = (occasion: Occasion) => void | Promise<void>;

/** How the tenant behaves. Every switch may be changed at any time; the defaults are the service at its harshest. */
export interface Behavior {
  /** Milliseconds before each answer (a batch waits once). Default 0. */
  latencyMs: number;
  /** Milliseconds for which reads still show the assignments of before a write. Default 3000. */
  assignmentLagMs: number;
  /** Milliseconds by which each copy of the assignments is behind, whoever wrote them; the copies answer reads in turn. Default one, 0. */
  replicaLagsMs: readonly number[];
  /** Milliseconds after which `$search` finds a new group. Default 5 minutes. */
  groupIndexLagMs: number;

  /** What is wrong with the requests of clients, consumed in order. Default none. */
  faults: Fault[];
  /** Another administrator who is quick: before and after each GET and each write below a family. Default none. */
  beforeRead: Hook | undefined;
  afterRead: Hook | undefined;
  beforeWrite: Hook | undefined;
  afterWrite: Hook | undefined;

  /** `POST .../{id}/assignments`: no such route (as observed), or 201 as documented. Default false, no such route. */
  collectionPost: boolean;
  /** With `collectionPost`: it loses the rows that were there, a thing that nobody has excluded. Default false. */
  collectionPostReplaces: boolean;
  /** How `assign` answers, family by family. */
  assignAnswer: Readonly<Record<FamilyName, AssignAnswer>>;
  /** Rows come back in another order after each write. Default true. */
  reorderRows: boolean;
  /** Some ids of groups and filters come back in upper case. Default true. */
  changeGuidCase: boolean;
  /** How a row without a filter comes back. Default mixed: each row in one of the three ways. */
  emptyFilter: 'null' | 'zero' | 'missing' | 'mixed';
  /** Times of schedules come back with 7 decimals. Default true. */
  longTimes: boolean;
  /** `runRemediationScript` comes back false whatever was sent. Default true. */
  remediationReadsFalse: boolean;
  /** Of several rows of a group one is kept, as their id is the same: the first, and of an include and an exclude the include. Default true. */
  oneRowPerGroup: boolean;
  /** `assign` refuses a list with a deleted group. Default false. */
  refuseDeletedGroups: boolean;
  /** `assign` sets lastModifiedDateTime of the script; nobody knows. Default false. */
  assignTouchesScript: boolean;

  /** Items on a page of an Intune list that does not ask with `$top`. Default 50. */
  pageSize: number;
  /** Most items on a page for which `$top` asks. Default 1000, as managed devices have; nobody knows for scripts. */
  largestPage: number;
  /** Most assignments on a page. Default 20. */
  assignmentPageSize: number;
  /** What is wrong with pages from the second on. Default none. */
  pageWart: 'none' | 'repeatedToken' | 'overlap' | 'emptyPage' | 'foreignHost';
  /** `$filter` on configurationPolicies does nothing. Default true. */
  ignorePolicyFilter: boolean;

  /** The answers of a batch come in another order. Default true. */
  shuffleBatch: boolean;
  /** How text/plain answers (counts) stand in a batch. Default base64. */
  batchText: 'base64' | 'string' | 'number';

  /** Families that the signed-in user has no right to. Default none. */
  forbiddenFamilies: ReadonlySet<FamilyName>;
  /** The signed-in user has no Intune role at all. Default false. */
  noIntuneRole: boolean;
  /** What `areGlobalScriptsAvailable()` answers, as documented; nobody has seen it, so by default there is no such route. */
  remediationsSetUp: 'enabled' | 'pending' | 'notConfigured' | 'noRoute';
  /** The signed-in user's role shows no audit events. Default false. */
  forbidAuditEvents: boolean;
  /** The groups that the signed-in user's role may assign to; undefined for all. A list with any other group is refused as a whole. */
  scopeGroups: ReadonlySet<string> | undefined;
  /** Groups that exist but whose GET answers 403. Default none. */
  unreadableGroups: ReadonlySet<string>;

  /** Requests in 20 seconds of one app and of the whole tenant, of which other apps use some. Defaults 200 and 400, 2000 and 4000, 0. */
  writeLimit: number;
  tenantWriteLimit: number;
  otherAppsWrites: number;
  requestLimit: number;
  tenantRequestLimit: number;
  otherAppsRequests: number;
  /** The header Retry-After of a 429. Default varying: whole, fractional and missing in turn. */
  retryAfter: 'whole' | 'fractional' | 'missing' | 'varying';

  /** Families whose writes another administrator has to approve. Default none. */
  approvalFamilies: ReadonlySet<FamilyName>;
  /** How a submitted request for approval is answered: 412 as observed, or 403 as documented. Default 412. */
  approvalStatus: 412 | 403;
}

/** The service at its harshest: what tests get when they do not say otherwise. */
export const harshBehavior = (): Behavior => ({
  latencyMs: 0,
  assignmentLagMs: 3000,
  replicaLagsMs: [0],
  groupIndexLagMs: 5 * 60_000,
  faults: [],
  beforeRead: undefined,
  afterRead: undefined,
  beforeWrite: undefined,
  afterWrite: undefined,
  collectionPost: false,
  collectionPostReplaces: false,
  assignAnswer: {
    deviceManagementScripts: '200 empty',
    deviceShellScripts: '204',
    deviceCustomAttributeShellScripts: '204',
    deviceHealthScripts: '200 empty',
    deviceComplianceScripts: '204',
    configurationPolicies: '200 with body',
  },
  reorderRows: true,
  changeGuidCase: true,
  emptyFilter: 'mixed',
  longTimes: true,
  remediationReadsFalse: true,
  oneRowPerGroup: true,
  refuseDeletedGroups: false,
  assignTouchesScript: false,
  pageSize: 50,
  largestPage: 1000,
  assignmentPageSize: 20,
  pageWart: 'none',
  ignorePolicyFilter: true,
  shuffleBatch: true,
  batchText: 'base64',
  forbiddenFamilies: new Set(),
  noIntuneRole: false,
  remediationsSetUp: 'noRoute',
  forbidAuditEvents: false,
  scopeGroups: undefined,
  unreadableGroups: new Set(),
  writeLimit: 200,
  tenantWriteLimit: 400,
  otherAppsWrites: 0,
  requestLimit: 2000,
  tenantRequestLimit: 4000,
  otherAppsRequests: 0,
  retryAfter: 'varying',
  approvalFamilies: new Set(),
  approvalStatus: 412,
});

/** The service on a good day: what somebody who tries the sample tenant meets. */
export const gentleBehavior = (): Partial<Behavior> => ({
  latencyMs: 120,
  assignmentLagMs: 0,
  groupIndexLagMs: 0,
  pageSize: 100,
  assignmentPageSize: 100,
  ignorePolicyFilter: false,
  remediationsSetUp: 'enabled',
});
