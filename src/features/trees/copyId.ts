import { l10n } from 'vscode';
import { type ConnectionParts, requireConnection } from '../../app/connection.ts';
import { idsOf, linksOf, resolveNodes } from '../../app/selection.ts';
import type { Node } from '../../ui/nodes.ts';

export interface CopyIdParts {
  readonly selectedNodes: () => readonly Node[];
  readonly writeText: (text: string) => PromiseLike<void>;
  /** Says something that needs no answer, in the status bar. */
  readonly mention: (text: string) => void;
  readonly say: (message: string) => PromiseLike<unknown>;
}

/** Copy ID: the ids of the chosen scripts or groups, one a line. */
export const copyId =
  (parts: CopyIdParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const ids = idsOf(resolveNodes(args, parts.selectedNodes) ?? []);
    if (ids.length === 0) {
      await parts.say(l10n.t('Select a script or a group in the Intune Scripts views first.'));
      return;
    }
    await parts.writeText(ids.join('\n'));
    parts.mention(ids.length === 1 ? l10n.t('ID copied') : l10n.t('{0} IDs copied', ids.length));
  };

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
