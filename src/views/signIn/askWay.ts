import * as vscode from 'vscode';
import { section, settings } from '../../contract.ts';
import type { CloudId } from '../../graph/clouds.ts';
import { cloudTitle } from '../../host/settings.ts';
import { type Answer, answered, closed, type Step } from './answer.ts';
import type { Way } from './questions.ts';
import { showStep } from './showStep.ts';

interface WayItem extends vscode.QuickPickItem {
  readonly way?: Way;
}

const items = (cloud: CloudId): WayItem[] => [
  {
    way: 'existing',
    label: vscode.l10n.t('Enter the IDs of a registration'),
    detail: vscode.l10n.t('Somebody gave you a client ID and a tenant ID, or the registration exists already.'),
  },
  {
    way: 'azureCli',
    label: vscode.l10n.t('Create a registration with the Azure CLI'),
    detail: vscode.l10n.t('Opens a script to read, save, and run in a terminal.'),
  },
  {
    way: 'powerShell',
    label: vscode.l10n.t('Create a registration with PowerShell'),
    detail: vscode.l10n.t('Opens a script for Microsoft Graph PowerShell to read, save, and run in a terminal.'),
  },
  { label: '', kind: vscode.QuickPickItemKind.Separator },
  { label: vscode.l10n.t('Cloud: {0}', cloudTitle(cloud)), description: vscode.l10n.t('change in the settings') },
];

/** Asks how the app registration comes about. The cloud is shown, for ids and scripts hold for one cloud only. */
export const askWay = (parts: { readonly title: string; readonly step: Step; readonly cloud: CloudId }): Promise<Answer<Way>> => {
  const pick = vscode.window.createQuickPick<WayItem>();
  pick.title = parts.title;
  pick.placeholder = vscode.l10n.t('To sign in, your organization needs an app registration of its own');
  pick.items = items(parts.cloud);
  return showStep(pick, parts.step, () => {
    const item = pick.selectedItems[0];
    if (!item) return undefined;
    if (item.way) return answered(item.way);
    void vscode.commands.executeCommand('workbench.action.openSettings', `${section}.${settings.cloud}`);
    return closed;
  });
};
