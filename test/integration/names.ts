// What both sides know of a hostile workspace: the one that makes it, and the tests inside VS Code.

/** The workspace file that is opened in Restricted Mode. */
export const restrictedFile = 'restricted.code-workspace';

/** VS Code's own section for sovereign clouds. */
export const sovereignSection = 'microsoft-sovereign-cloud';
