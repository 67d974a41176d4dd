import type { commands } from '../../src/manifest.ts';

/** The commands that change the tenant. */
export const writingCommands = [
  'assignToGroup',
  'assignScriptsToGroup',
  'assignToAllDevices',
  'assignToAllUsers',
  'excludeGroup',
  'editAssignment',
  'removeAssignment',
  'removeAssignments',
  'removeGroup',
  'copyAssignments',
  'replaceGroup',
  'undoChange',
  'resumeChange',
  'finishChange',
  'cancelApproval',
  'applyPlan',
] as const satisfies readonly (keyof typeof commands)[];

export type WritingCommand = (typeof writingCommands)[number];
