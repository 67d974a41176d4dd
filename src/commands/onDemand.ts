// Commands that load with the first use of one of them, as one module: VS Code waits at its start for everything else.
export { assignToEveryone } from './assignToEveryone.ts';
export { assignScriptsToGroup, assignToGroup } from './assignToGroup.ts';
export { copyAssignments } from './copyAssignments.ts';
export { copyPlanAsGraphRequests, copyPlanAsPowerShell } from './copyPlan.ts';
export { dropOnScripts } from './dropOnScripts.ts';
export { editAssignment } from './editAssignment.ts';
export { excludeGroup } from './excludeGroup.ts';
export { exportAssignments } from './exportAssignments.ts';
export { filterScripts } from './filterScripts.ts';
export { lookAfterInterrupted } from './lookAfterInterrupted.ts';
export { removeAssignment } from './removeAssignment.ts';
export { replaceGroup } from './replaceGroup.ts';
export { resumeChange } from './resumeChange.ts';
export { setUpSignIn } from './setUpSignIn.ts';
export { showChange } from './showChange.ts';
export { undoById, undoChange } from './undoChange.ts';
