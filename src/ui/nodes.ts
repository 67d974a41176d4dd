import type { PastChange, PastWrite } from '../intune/history/pastChange.ts';
import { type Assignment, targetKey } from '../intune/model/assignment.ts';
import type { FamilyId } from '../intune/model/families.ts';
import { type Script, scriptKey } from '../intune/model/script.ts';

/** What every row has: the connection (its key) that it shows something of. */
interface InConnection {
  readonly connection: string;
}

/** A family of scripts. What it shows is looked up in the inventory. */
export interface FamilyNode extends InConnection {
  readonly kind: 'family';
  readonly family: FamilyId;
}

/** A script below its family. */
export interface ScriptNode extends InConnection {
  readonly kind: 'script';
  readonly script: Script;
}

/** One assignment below its script. */
export interface AssignmentNode extends InConnection {
  readonly kind: 'assignment';
  readonly script: Script;
  readonly assignment: Assignment;
  /** Counts rows with the same target key, from 0. */
  readonly copy: number;
}

/** How a script ran, first below its script. What it shows is looked up. */
export interface RunSummaryNode extends InConnection {
  readonly kind: 'runSummary';
  readonly script: Script;
}

/** A group that scripts target, by its id in lower case. What it shows is looked up in the inventory. */
export interface GroupNode extends InConnection {
  readonly kind: 'group';
  readonly groupId: string;
}

/** A script below a group that it includes or excludes. */
export interface GroupScriptNode extends InConnection {
  readonly kind: 'groupScript';
  readonly groupId: string;
  readonly script: Script;
  readonly assignment: Assignment;
  /** Counts rows with the same target key, from 0. */
  readonly copy: number;
}

/** A day on which something was changed here: `YYYY-MM-DD`, where the user is. */
export interface DayNode extends InConnection {
  readonly kind: 'day';
  readonly day: string;
}

/** A change below its day. */
export interface ChangeNode extends InConnection {
  readonly kind: 'change';
  readonly change: PastChange;
}

/** What a change did to one script, below the change. */
export interface ChangedScriptNode extends InConnection {
  readonly kind: 'changedScript';
  readonly change: PastChange;
  readonly write: PastWrite;
}

/** Writes that nobody knows the outcome of, and that can be looked at once somebody signs in. */
export interface UnsettledNode extends InConnection {
  readonly kind: 'unsettled';
  readonly count: number;
}

/** A row of the Scripts view, the Groups view or the Changes view. Plain data. */
export type Node =
  | FamilyNode
  | ScriptNode
  | RunSummaryNode
  | AssignmentNode
  | GroupNode
  | GroupScriptNode
  | UnsettledNode
  | DayNode
  | ChangeNode
  | ChangedScriptNode;

const kinds: ReadonlySet<unknown> = new Set<Node['kind']>([
  'family',
  'script',
  'runSummary',
  'assignment',
  'group',
  'groupScript',
  'unsettled',
  'day',
  'change',
  'changedScript',
]);

/** Whether what a command was called with is a row of ours. Anybody can call a command, with anything. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  'connection' in value &&
  typeof value.connection === 'string' &&
  'kind' in value &&
  kinds.has(value.kind);

function partsOf(node: Node): readonly (string | number)[] {
  switch (node.kind) {
    case 'family':
      return [node.family];
    case 'script':
    case 'runSummary':
      return [scriptKey(node.script)];
    case 'assignment':
      return [scriptKey(node.script), targetKey(node.assignment.target), node.copy];
    case 'group':
      return [node.groupId];
    case 'unsettled':
      return [];
    case 'day':
      return [node.day];
    case 'change':
      return [node.change.id];
    case 'changedScript':
      return [node.change.id, scriptKey(node.write.script), node.write.id ?? ''];
    case 'groupScript':
      return [node.groupId, scriptKey(node.script), targetKey(node.assignment.target), node.copy];
  }
}

/** The id of a row: unique in its view, and the same whenever the same thing is shown, so that VS Code keeps what is expanded. */
export const nodeId = (node: Node): string => JSON.stringify([node.connection, node.kind, ...partsOf(node)]);
