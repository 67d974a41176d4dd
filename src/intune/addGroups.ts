import { type AssignmentOptions, addTargets } from './addTargets.ts';
import type { Change } from './plan.ts';
import type { ScriptRef } from './script.ts';

/** The changes that include groups in a script. */
export const addGroups = (script: ScriptRef, groupIds: readonly string[], options?: AssignmentOptions): readonly Change[] =>
  addTargets(
    script,
    groupIds.map(groupId => ({ kind: 'group', groupId })),
    options,
  );
