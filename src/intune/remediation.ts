import { type Assignment, assignmentFromWire, recipientKey, targetKey } from './assignment.ts';
import { type JournalRecord, type JournalStart, writtenStarts } from './journal.ts';
import type { Memory } from './memory.ts';
import type { Remediates } from './plan.ts';
import { type ScriptRef, scriptKey } from './script.ts';

const choiceKey = (script: Pick<ScriptRef, 'family' | 'id'>): string => `remediates/${scriptKey(script)}`;

/** Remembers, for a remediation, whether the assignments of which Intune does not tell shall remediate or only detect. */
export const rememberChoice = (memory: Memory, script: Pick<ScriptRef, 'family' | 'id'>, remediates: boolean): Promise<void> =>
  memory.set(choiceKey(script), remediates);

/** The rows that a write has sent: all, or only those that it added. */
export function rowsSent({ before, after }: JournalStart, additive: boolean): readonly Assignment[] {
  const rows = after.map(assignmentFromWire);
  if (!additive) return rows;
  const there = new Set(before.map(row => recipientKey(assignmentFromWire(row).target)));
  return rows.filter(({ target }) => !there.has(recipientKey(target)));
}

/** By target, and by recipient for a row whose filter changed. */
function lastWritten(records: readonly JournalRecord[], script: Pick<ScriptRef, 'family' | 'id'>): ReadonlyMap<string, boolean> {
  const additive = new Set(records.flatMap(record => (record.type === 'end' && record.additive ? [record.id] : [])));
  const starts = writtenStarts(records).filter(start => scriptKey(start.script) === scriptKey(script));
  return new Map(
    starts
      .flatMap(start => rowsSent(start, additive.has(start.id)))
      .flatMap(({ target, runRemediationScript: flag }): [string, boolean][] =>
        flag === undefined ? [] : [recipientKey(target), targetKey(target)].map(key => [key, flag]),
      ),
  );
}

/**
 * Whether each assignment of a remediation remediates. The service reads back `false` whatever was written, so in this order: a package
 * without a remediation script only detects; what is explicitly wanted; `true` where the service says so, for somebody may have changed it since
 * our write; what we wrote last; what the user chose for this script.
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
    const ours = written.get(targetKey(assignment.target)) ?? written.get(recipientKey(assignment.target));
    if (ours !== undefined) return ours;
    return typeof choice === 'boolean' ? choice : undefined;
  };
}
