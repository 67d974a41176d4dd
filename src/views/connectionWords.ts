import { l10n } from 'vscode';
import type { Connection } from '../intune/connection.ts';
import { visibleName } from './plainText.ts';
import { inOneLine } from './words/list.ts';

export type NamedConnection = Pick<Connection, 'sample' | 'tenantId' | 'tenantName' | 'account'>;

/** What a tenant is called; undefined while only its id is known. */
export const tenantLabel = ({ tenantId, tenantName }: NamedConnection): string | undefined =>
  tenantName === tenantId ? undefined : visibleName(tenantName);

/** The tenant and the account in one line: "Contoso · ada@contoso.com", "Sample · Contoso". */
export const connectionLine = (connection: NamedConnection): string =>
  connection.sample
    ? inOneLine([l10n.t('Sample'), tenantLabel(connection)])
    : inOneLine([tenantLabel(connection), visibleName(connection.account)]);
