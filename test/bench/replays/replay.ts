import type { Calls } from './calls.ts';

/** A script of the sample tenant and a group that it is to be assigned to. */
export interface AssignCase {
  readonly family: 'deviceManagementScripts' | 'deviceHealthScripts';
  readonly scriptId: string;
  readonly groupId: string;
}

/** How another tool asks Microsoft Graph for the same things: its requests in its order, and nothing else of it. */
export interface Replay {
  readonly name: string;
  /** How many families of scripts it shows; ours shows 6. */
  readonly families: number;
  /** All scripts, their assignments and the names of the groups. `first` is called when the first family is there with its assignments. */
  readonly coldTree: (calls: Calls, first: () => void) => Promise<void>;
  /** Adds a group to a script that is shown already. Missing where the tool only reads. */
  readonly assign?: (calls: Calls, wanted: AssignCase) => Promise<void>;
  /** Whether it is public how it writes remediations. */
  readonly remediations?: boolean;
  /** Adds a group to many scripts, where that is more than to one after another. */
  readonly assignMany?: (calls: Calls, wanted: readonly AssignCase[]) => Promise<void>;
  /** Finds a group by its name. */
  readonly findGroup?: (calls: Calls, text: string) => Promise<void>;
}
