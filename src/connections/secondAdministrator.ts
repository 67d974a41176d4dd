import type { Script } from '../intune/script.ts';

type Named = Pick<Script, 'family' | 'id'>;

/** Somebody else in the sample tenant, whom the user can play. Groups are told by name. */
export interface SecondAdministrator {
  /** Whether changes wait for approval. */
  readonly approves: boolean;
  /** Lets all changes wait for approval, or none. Requests that wait already stay. */
  requireApproval(required: boolean): void;
  /** The user's own requests that wait, oldest first. */
  waiting(): readonly { readonly id: string; readonly script: Named; readonly justification: string }[];
  approve(requestId: string): void;
  reject(requestId: string): void;
  /** Assigns a script to a group that it has not; the name of the group. */
  assign(script: Named): string | undefined;
  /** Does the same, once, to the script of the next change: between its plan and its last read, or in the gap before its write. */
  assignNext(moment: 'lastRead' | 'write', done: (script: Named, group: string) => void): void;
}
