import { whenUsed } from './whenUsed.ts';

/** The module of all commands that load with the first use of one of them. */
export const loadOnDemand = () => import('./onDemand.ts');

/** Makes handlers of that module. */
export const onDemand = whenUsed(loadOnDemand);
