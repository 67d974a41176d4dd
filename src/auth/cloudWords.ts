import * as vscode from 'vscode';
import type { CloudId } from '../graph/clouds.ts';

/** The name of a cloud, as the settings show it. */
export const cloudTitle = (cloud: CloudId): string =>
  ({
    global: vscode.l10n.t('Global and GCC'),
    usGov: vscode.l10n.t('US Government (GCC High)'),
    usGovDoD: vscode.l10n.t('US Government (DoD)'),
    china: vscode.l10n.t('China (21Vianet)'),
  })[cloud];
