import type { FamilyName } from '../families.ts';
import type { JsonObject } from '../wire/json.ts';

/** An assignment as the service keeps it; what it shows of it is another matter. */
export interface StoredRow {
  /** Everything under `target`, as it was sent. */
  readonly target: JsonObject;
  /** What was sent, even where it reads back false. */
  readonly runRemediationScript: boolean;
  readonly runSchedule: JsonObject | null;
  /** Only `direct` rows belong to the object itself and are replaced by `assign`. */
  readonly source: 'direct' | 'policySets';
  readonly sourceId: string | undefined;
  /** Properties of a newer service, kept and shown as they were sent. */
  readonly more?: JsonObject;
}

/** A set of assignments and when reads show it. */
interface Version {
  readonly rows: readonly StoredRow[];
  readonly visibleAt: number;
}

/** A script with its assignments. */
export interface SampleScript {
  readonly family: FamilyName;
  readonly id: string;
  /** The properties on the wire, with contents, without assignments. */
  entity: JsonObject;
  /** Oldest first; the last one is the truth. */
  versions: readonly Version[];
}

/** The assignments as they are. */
export const rowsOf = (script: SampleScript): readonly StoredRow[] => script.versions.at(-1)?.rows ?? [];

/** The assignments as reads show them at a moment, and which set of them that is. */
export function visibleRows(script: SampleScript, now: number): { readonly rows: readonly StoredRow[]; readonly version: number } {
  const index = Math.max(
    0,
    script.versions.findLastIndex(({ visibleAt }) => visibleAt <= now),
  );
  return { rows: script.versions[index]?.rows ?? [], version: index };
}

/** Replaces the assignments; reads show them from `visibleAt` on. */
export function replaceRows(script: SampleScript, rows: readonly StoredRow[], visibleAt: number): void {
  script.versions = [...script.versions, { rows, visibleAt }];
}
