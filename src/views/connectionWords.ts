import { l10n } from 'vscode';
import type { Connection } from '../intune/read/connection.ts';
import { visibleName } from './plainText.ts';
import { inOneLine } from './words/list.ts';

export type NamedConnection = Pick<Connection, 'sample' | 'tenantId' | 'tenantName' | 'account'>;

/** What a tenant is called; undefined while only its id is known. */
export const tenantLabel = ({ tenantId, tenantName }: NamedConnection): string | undefined =>
  tenantName === tenantId ? undefined : visibleName(tenantName);

/** What a tenant is called where something has to stand: its id where nothing of its name would be seen. */
export const tenantTitle = ({ tenantId, tenantName }: Pick<Connection, 'tenantId' | 'tenantName'>): string =>
  visibleName(tenantName) ?? tenantId;

/** The tenant and the account in one line: "Contoso · ada@contoso.com", "Sample · Contoso". */
export const connectionLine = (connection: NamedConnection): string =>
  connection.sample
    ? inOneLine([l10n.t('Sample'), tenantLabel(connection)])
    : inOneLine([tenantLabel(connection), visibleName(connection.account)]);
