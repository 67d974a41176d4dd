import { window } from 'vscode';
import { views } from '../contract.ts';

/** Shows VS Code's own progress bar in a view, the Scripts view if no other is named, while something is read. */
export const withViewProgress = async <Value>(work: () => Promise<Value>, viewId: string = views.scripts): Promise<Value> =>
  window.withProgress({ location: { viewId } }, work);
