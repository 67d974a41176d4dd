import { authTargets } from './authTargets.ts';
import { graphTargets } from './graphTargets.ts';
import type { Target } from './target.ts';
import { textTargets } from './textTargets.ts';

/** Every reader of outside data. */
export const targets: readonly Target[] = [...graphTargets, ...textTargets, ...authTargets];
