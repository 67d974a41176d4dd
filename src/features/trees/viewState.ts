import { commands } from 'vscode';
import { GraphError, type GraphErrorKind } from '../../graph/errors.ts';
import type { FamilyState, Inventory } from '../../intune/read/inventory.ts';
import { contextKeys, type ViewState } from '../../manifest.ts';

/** Whether somebody is signed in; the sample tenant counts as signed in. */
export type SignInKind = 'notSetUp' | 'signedOut' | 'signedIn';

const states: Readonly<Partial<Record<GraphErrorKind, ViewState>>> = {
  forbidden: 'forbidden',
  network: 'offline',
  timeout: 'offline',
  certificate: 'offline',
  throttled: 'throttled',
  noToken: 'signedOut',
  unauthorized: 'signedOut',
  claimsChallenge: 'signedOut',
};

const stateOfError = (error: unknown): ViewState => (error instanceof GraphError && states[error.kind]) || 'failed';

/**
 * Why no family could be read. A family for which there is no token says nothing where others got an answer: its permission may
 * just lack consent.
 */
function stateOfFailures(errors: readonly unknown[]): ViewState {
  const all = [...new Set(errors.map(stateOfError))];
  const told = all.filter(state => state !== 'signedOut');
  const [only = 'signedOut', ...others] = told;
  return others.length === 0 ? only : 'failed';
}

/** What the views show of an inventory. */
export function inventoryState({ families }: Pick<Inventory, 'families'>): ViewState {
  const all: readonly FamilyState[] = [...families.values()];
  if (all.some(({ scripts }) => scripts !== undefined && scripts.length > 0)) return 'ready';
  if (all.some(({ status }) => status === 'loading')) return 'loading';
  const errors = all.flatMap(state => (state.status === 'failed' ? [state.error] : []));
  if (errors.length === 0) return 'empty';
  return errors.length === all.length ? stateOfFailures(errors) : 'ready';
}

/** What the Scripts view shows: one state at a time. Signed in without a connection is on its way to one. */
export function viewState(signIn: SignInKind, inventory: Pick<Inventory, 'families'> | undefined): ViewState {
  if (signIn !== 'signedIn') return signIn;
  return inventory ? inventoryState(inventory) : 'loading';
}

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
