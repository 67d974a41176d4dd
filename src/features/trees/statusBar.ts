import { type Disposable, l10n, StatusBarAlignment, window } from 'vscode';
import { cloudTitle } from '../../host/settings.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { views } from '../../manifest.ts';
import { tenantLabel } from '../../ui/format/names.ts';
import { visibleName, withoutIcons } from '../../ui/plainText.ts';

export interface StatusBar extends Disposable {
  /** Shows the tenant, and whether it is only read; hides the item without one. */
  showConnection(connection: Connection | undefined, readOnly: boolean): void;
}

const nameOf = (connection: Connection): string => {
  const tenant = tenantLabel(connection) ?? visibleName(connection.account) ?? 'Intune';
  if (connection.sample) return l10n.t('Sample: {0}', tenant);
  return connection.appOnly ? l10n.t('{0} (app-only)', tenant) : tenant;
};

const tooltipOf = (connection: Connection): string =>
  connection.sample
    ? l10n.t('Intune Scripts: the built-in sample tenant. Nothing leaves this computer.')
    : [
        l10n.t('Intune Scripts: {0}', nameOf(connection)),
        l10n.t('Account: {0}', visibleName(connection.account) ?? ''),
        l10n.t('Cloud: {0}', cloudTitle(connection.cloud.id)),
      ].join('\n');

/** The one item in the status bar: which tenant is shown. A click opens the Scripts view. */
export function createStatusBar(): StatusBar {
  const item = window.createStatusBarItem('intuneScripts.tenant', StatusBarAlignment.Left, 0);
  item.name = l10n.t('Intune tenant');
  item.command = `${views.scripts}.focus`;
  return {
    showConnection(connection, readOnly) {
      if (!connection) return item.hide();
      const name = readOnly ? l10n.t('{0} (read-only)', nameOf(connection)) : nameOf(connection);
      item.text = `$(${connection.sample ? 'beaker' : 'cloud'}) ${withoutIcons(name)}`;
      item.tooltip = [tooltipOf(connection), ...(readOnly ? [l10n.t('The setting readOnly is on: nothing can be changed.')] : [])].join(
        '\n',
      );
      item.accessibilityInformation = { label: l10n.t('Intune tenant: {0}', name) };
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
