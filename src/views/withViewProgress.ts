import { window } from 'vscode';
import { views } from '../contract.ts';

/** Shows VS Code's own progress bar in the Scripts view while something is read. */
export const withViewProgress = async <T>(work: () => Promise<T>): Promise<T> =>
  window.withProgress({ location: { viewId: views.scripts } }, work);
