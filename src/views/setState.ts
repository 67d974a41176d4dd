import { commands } from 'vscode';
import { contextKeys, type ViewState } from '../contract.ts';

/** What welcome views and menus go by. */
export interface ShownState {
  readonly state: ViewState;
  /** Whether no script that was read is assigned to a group. */
  readonly noGroups: boolean;
}

/** The one function that sets the context keys of the Scripts view and the Groups view. */
export function setState({ state, noGroups }: ShownState): void {
  void commands.executeCommand('setContext', contextKeys.state, state);
  void commands.executeCommand('setContext', contextKeys.noGroups, noGroups);
}

/** Sets the context key that the welcome of the Changes view goes by. */
export const setNoChanges = (noChanges: boolean): void => void commands.executeCommand('setContext', contextKeys.noChanges, noChanges);
