import { l10n } from 'vscode';
import type { Everyone } from '../views/groupPicker/choice.ts';
import { assignTargets } from './assignTargets.ts';
import { requireWritable, supporting, type WriteAccessParts, writableScripts } from './writeAccess.ts';

const everyoneTitle = (kind: Everyone): string =>
  kind === 'allDevices' ? l10n.t('Assign to All Devices: Scripts') : l10n.t('Assign to All Users: Scripts');

/** Assign to All Devices…, Assign to All Users…: of the scripts of the rows, or of those that the user picks. */
export const assignToEveryone =
  (parts: WriteAccessParts, kind: Everyone) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    const chosen = connection && (await writableScripts(parts, connection, args, everyoneTitle(kind)));
    const scripts = supporting(parts, chosen ?? [], kind);
    if (!connection || scripts.length === 0) return;
    await assignTargets(parts, connection, scripts, [{ kind }]);
  };
