import { l10n } from 'vscode';
import type { Node } from '../views/nodes.ts';
import { type ConnectionParts, requireConnection } from './requireConnection.ts';
import { linksOf, resolveNodes } from './selection.ts';

export interface OpenInAdminCenterParts extends ConnectionParts {
  readonly selectedNodes: () => readonly Node[];
  readonly openExternal: (url: string) => PromiseLike<unknown>;
}

/** Pages that are opened at once; more would flood the browser. */
const most = 10;

/** What keeps the pages from being opened, if anything does. */
function refusal(links: number, sample: boolean): string | undefined {
  if (sample) return l10n.t('The sample tenant exists only here, so it has no admin center.');
  if (links === 0) return l10n.t('Select a script or a group in the Intune Scripts views first.');
  return links > most ? l10n.t('Select at most {0} rows to open them in the admin center.', most) : undefined;
}

/** Open in Admin Center: the pages of the chosen scripts or groups, in the browser. */
export const openInAdminCenter =
  (parts: OpenInAdminCenterParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireConnection(parts);
    if (!connection) return;
    const nodes = (resolveNodes(args, parts.selectedNodes) ?? []).filter(node => node.connection === connection.key);
    const links = linksOf(nodes, connection.cloud);
    const why = refusal(links.length, connection.sample);
    if (why) await parts.say(why);
    else for (const link of links) await parts.openExternal(link);
  };
