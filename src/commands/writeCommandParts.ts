import type { Clock } from '../base/clock.ts';
import type { SharedJournal } from '../intune/journal/journal.ts';
import type { Connection } from '../intune/read/connection.ts';
import type { WriteMethod } from '../intune/write/route.ts';
import type { PlanDocuments } from '../views/review/planDocuments.ts';
import type { Questions } from '../views/schedule/scheduleSteps.ts';

/** What every command that writes is made of. */
export interface WriteCommandParts extends Questions {
  /** The connection of now; undefined while signed out. */
  readonly connection: () => Connection | undefined;
  readonly journal: (connection: Connection) => SharedJournal;
  readonly settings: () => {
    readonly readOnly: boolean;
    readonly confirmAbove: number;
    readonly protectedGroups: readonly string[];
    readonly protectedGroupsUnclear: boolean;
    readonly writeMethod: WriteMethod;
    readonly alwaysShowPlan: boolean;
  };
  /** Comes after each change of the settings, and of the connection: whoever signs out, or goes to another tenant, wants nothing written any more. */
  readonly onDidChangeWritable: (listener: () => void) => { dispose(): void };
  readonly documents: PlanDocuments;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Gets what goes wrong beside the main thing, and the outcome of each script. */
  readonly log: { info(line: string): void; error(error: unknown): void };
  readonly showLog: () => void;
  /** Takes back a change that has just been made, by its id. */
  readonly undo: (connection: Connection, changeId: string) => Promise<void>;
}
