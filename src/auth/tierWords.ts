import * as vscode from 'vscode';
import type { Tier } from '../intune/model/families.ts';

/** The tiers in the order in which they are offered: what only reads comes first. */
export const tierOrder: readonly Tier[] = ['browse', 'browseMore', 'write', 'writeMore'];

/** The tiers that are offered: where it is read only, only those that read. */
export const offeredTiers = (readOnly: boolean): readonly Tier[] =>
  readOnly ? tierOrder.filter(tier => tier === 'browse' || tier === 'browseMore') : tierOrder;

/** What a tier allows, as the title of a choice. */
export const tierTitle = (tier: Tier): string =>
  ({
    browse: vscode.l10n.t('Read scripts and their assignments'),
    browseMore: vscode.l10n.t('Read Bash scripts (Linux) and assignment filters'),
    write: vscode.l10n.t('Change scripts and their assignments'),
    writeMore: vscode.l10n.t('Change Bash scripts (Linux) and their assignments'),
  })[tier];

/** Why the permissions of a tier are asked for; VS Code shows it below its own question. */
export const tierReason = (tier: Tier): string =>
  ({
    browse: vscode.l10n.t('To read the Intune scripts of your tenant and the groups that they are assigned to.'),
    browseMore: vscode.l10n.t('To read Bash scripts (Linux) and assignment filters.'),
    write: vscode.l10n.t('To change the assignments of Intune scripts. You review each change before it is made.'),
    writeMore: vscode.l10n.t('To change the assignments of Bash scripts (Linux). You review each change before it is made.'),
  })[tier];
