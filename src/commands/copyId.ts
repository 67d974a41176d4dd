import { l10n } from 'vscode';
import type { Node } from '../views/nodes.ts';
import { idsOf, resolveNodes } from './selection.ts';

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
