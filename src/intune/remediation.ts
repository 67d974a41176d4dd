import { type Assignment, assignmentFromWire, recipientKey } from './assignment.ts';
import { type JournalRecord, writtenStarts } from './journal.ts';
import type { Memory } from './memory.ts';
import type { Remediates } from './plan.ts';
import { type ScriptRef, scriptKey } from './script.ts';

const choiceKey = (script: Pick<ScriptRef, 'family' | 'id'>): string => `remediates/${scriptKey(script)}`;

/** Remembers, for a remediation, whether the assignments of which Intune does not tell shall remediate or only detect. */
export const rememberChoice = (memory: Memory, script: Pick<ScriptRef, 'family' | 'id'>, remediates: boolean): Promise<void> =>
  memory.set(choiceKey(script), remediates);

function lastWritten(records: readonly JournalRecord[], script: Pick<ScriptRef, 'family' | 'id'>): ReadonlyMap<string, boolean> {
  const starts = writtenStarts(records).filter(start => scriptKey(start.script) === scriptKey(script));
  return new Map(
    starts.flatMap(({ after }) =>
      after
        .map(assignmentFromWire)
        .flatMap(({ target, runRemediationScript }): [string, boolean][] =>
          runRemediationScript === undefined ? [] : [[recipientKey(target), runRemediationScript]],
        ),
    ),
  );
}

/**
 * Whether each assignment of a remediation remediates. The service reads back `false` whatever was written, so in this order: a package
 * without a remediation script only detects; what we wrote last; `true` where the service says so; what the user chose for this script.
 */
export function remediatesBy(
  script: Pick<ScriptRef, 'family' | 'id'>,
  parts: { readonly hasRemediation: boolean | undefined; readonly records: readonly JournalRecord[]; readonly memory: Memory },
): Remediates {
  const written = lastWritten(parts.records, script);
  const choice = parts.memory.get(choiceKey(script));
  return (assignment: Assignment) => {
    if (parts.hasRemediation === false) return false;
    const ours = written.get(recipientKey(assignment.target));
    if (ours !== undefined) return ours;
    if (assignment.runRemediationScript === true) return true;
    return typeof choice === 'boolean' ? choice : undefined;
  };
}
