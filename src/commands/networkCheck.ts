import { l10n } from 'vscode';
import { entraNotReached, graphNotReached, type NetworkParts } from '../auth/connectivity.ts';
import { notReachedHelp, whyNotReached } from '../auth/connectivityErrorText.ts';
import type { NotReached } from '../auth/signInError.ts';
import { clouds } from '../graph/clouds.ts';
import type { NetworkSetting } from '../host/networkSettings.ts';
import type { Settings } from '../host/settings.ts';
import { type Check, check } from '../views/signInTest/check.ts';

export interface NetworkCheckParts {
  readonly network: () => readonly NetworkSetting[];
  readonly networkParts: NetworkParts;
}

/** What was found of a host. */
const hostFound = (host: string, failure: NotReached | undefined): string =>
  failure ? `${whyNotReached(failure.reason, failure.host)} (${failure.message})` : l10n.t('{0} answered.', host);

/**
 * Whether the network works, and what decides how it is reached. Where no read says that it works, both hosts are asked without a token:
 * whoever cannot sign in has none.
 */
export async function networkCheck(
  { network, networkParts }: NetworkCheckParts,
  { cloud, signInMethod, useSampleTenant }: Settings,
  reached: boolean,
): Promise<Check> {
  const title = l10n.t('Network, proxy and certificates');
  const settings = network().map(({ name, value }) => `${name}: ${value ?? l10n.t('not set')}`);
  if (reached) return check(title, 'works', [l10n.t('Microsoft Graph answered.'), ...settings]);
  // The sample tenant is to be had without a network.
  if (useSampleTenant) return check(title, 'notTested', settings);
  const [entra, graph] = await Promise.all([
    entraNotReached(networkParts, { cloud, method: signInMethod }),
    graphNotReached(networkParts, cloud),
  ]);
  const found = [hostFound(new URL(clouds[cloud].authority).host, entra), hostFound(new URL(clouds[cloud].graph).host, graph)];
  const failure = entra ?? graph;
  return check(title, failure ? 'fails' : 'works', [...found, ...settings], failure && notReachedHelp(failure.reason));
}
