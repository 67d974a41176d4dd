import { window } from 'vscode';
import { views } from '../contract.ts';

/** Shows VS Code's own progress bar in the Scripts view while something is read. */
export const withViewProgress = async <Value>(work: () => Promise<Value>): Promise<Value> =>
  window.withProgress({ location: { viewId: views.scripts } }, work);
