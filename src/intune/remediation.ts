import { type Assignment, assignmentFromWire, recipientKey, targetKey } from './assignment.ts';
import { familyOf } from './families.ts';
import { isDone, type JournalRecord, type JournalStart } from './journal.ts';
import { madeWrites } from './madeWrites.ts';
import type { Memory } from './memory.ts';
import type { Remediates } from './plan.ts';
import { type ScriptRef, scriptKey } from './script.ts';

const choiceKey = (script: Pick<ScriptRef, 'family' | 'id'>): string => `remediates/${scriptKey(script)}`;

/** Remembers, for a remediation, whether the assignments of which Intune does not tell shall remediate or only detect. */
export const rememberChoice = (memory: Memory, script: Pick<ScriptRef, 'family' | 'id'>, remediates: boolean): Promise<void> =>
  memory.set(choiceKey(script), remediates);

/**
 * Whether new assignments of remediations remediate where nothing is said of it: they do, unless the user chose for a script that they only
 * detect. Undefined where scripts differ.
 */
export function newRowsRemediate(memory: Memory, scripts: readonly Pick<ScriptRef, 'family' | 'id'>[]): boolean | undefined {
  const chosen = new Set(
    scripts.filter(({ family }) => familyOf(family).supports.schedule).map(script => memory.get(choiceKey(script)) !== false),
  );
  return chosen.size === 2 ? undefined : !chosen.has(false);
}

/** The rows that a write has sent: all, or only those that it added. */
export function rowsSent({ before, after }: JournalStart, additive: boolean): readonly Assignment[] {
  const rows = after.map(assignmentFromWire);
  if (!additive) return rows;
  const there = new Set(before.map(row => targetKey(assignmentFromWire(row).target)));
  return rows.filter(({ target }) => !there.has(targetKey(target)));
}

/** Whether rows remediate, as we wrote them last: by target, and by recipient for a row whose filter changed. */
export type WrittenFlags = Map<string, boolean>;

/** Forgets whom a set does not reach any more: who is reached again later was not written by us. */
export function forgetGone(flags: WrittenFlags, rows: readonly Assignment[]): void {
  const there = new Set(rows.filter(({ direct }) => direct).flatMap(({ target }) => [recipientKey(target)]));
  for (const key of flags.keys()) if (!there.has(key) && !there.has(key.slice(0, key.lastIndexOf('|')))) flags.delete(key);
}

/** Learns from a write that was done. One that replaced the set leaves nothing of what was known before. */
export function learnFlags(flags: WrittenFlags, start: JournalStart, additive: boolean): void {
  if (!additive) flags.clear();
  for (const { target, runRemediationScript: flag } of rowsSent(start, additive)) {
    if (flag !== undefined) for (const key of [recipientKey(target), targetKey(target)]) flags.set(key, flag);
  }
}

/** Whether a row remediates, as we wrote it last; undefined where we did not. */
export const writtenFlag = (flags: ReadonlyMap<string, boolean>, { target }: Pick<Assignment, 'target'>): boolean | undefined =>
  flags.get(targetKey(target)) ?? flags.get(recipientKey(target));

function lastWritten(records: readonly JournalRecord[], script: Pick<ScriptRef, 'family' | 'id'>): WrittenFlags {
  const key = scriptKey(script);
  const flags: WrittenFlags = new Map();
  // A journal is long, and of most scripts it has nothing.
  const own = new Set(records.flatMap(record => (record.type === 'start' && scriptKey(record.script) === key ? [record.id] : [])));
  for (const { start, end } of madeWrites(records.filter(({ id }) => own.has(id)))) {
    forgetGone(flags, start.before.map(assignmentFromWire));
    if (end && isDone(end)) learnFlags(flags, start, end.additive === true);
  }
  return flags;
}

/**
 * Whether each assignment of a remediation remediates. The service reads back `false` whatever was written, so in this order: a package
 * without a remediation script only detects; what is explicitly wanted; `true` where the service says so, for somebody may have changed it since
 * our write; of a row that is or was there, what we wrote last; what the user chose for this script.
 */
export function remediatesBy(
  script: Pick<ScriptRef, 'family' | 'id'>,
  parts: { readonly hasRemediation: boolean | undefined; readonly records: readonly JournalRecord[]; readonly memory: Memory },
): Remediates {
  const written = lastWritten(parts.records, script);
  const choice = parts.memory.get(choiceKey(script));
  return (assignment: Assignment, wanted?: boolean) => {
    if (parts.hasRemediation === false) return false;
    if (wanted !== undefined) return wanted;
    if (assignment.runRemediationScript === true) return true;
    // A row that says nothing is new: whom somebody took away since is not assigned as we wrote it then.
    const ours = assignment.runRemediationScript === undefined ? undefined : writtenFlag(written, assignment);
    if (ours !== undefined) return ours;
    return typeof choice === 'boolean' ? choice : undefined;
  };
}
