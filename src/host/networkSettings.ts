import * as vscode from 'vscode';
import { withoutProxyUser } from '../graph/failure.ts';

/** A setting of VS Code, or a variable of its environment, that decides how the network is reached. */
export interface NetworkSetting {
  readonly name: string;
  /** As text, without a user name and password; undefined where it is not set. */
  readonly value: string | undefined;
}

const keys = [
  'proxy',
  'proxySupport',
  'noProxy',
  'proxyStrictSSL',
  'systemCertificates',
  'systemCertificatesNode',
  'fetchAdditionalSupport',
  'electronFetch',
  'useLocalProxyConfiguration',
] as const;
const variables = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'] as const;

const text = (value: unknown): string | undefined =>
  value === undefined || value === null || value === ''
    ? undefined
    : withoutProxyUser(typeof value === 'string' ? value : JSON.stringify(value));

/** What decides how Microsoft Graph is reached: the settings below `http` and the variables of the environment. */
export function networkSettings(): readonly NetworkSetting[] {
  const http = vscode.workspace.getConfiguration('http');
  return [
    ...keys.map(key => ({ name: `http.${key}`, value: text(http.get<unknown>(key)) })),
    ...variables.map(name => ({ name, value: text(process.env[name] ?? process.env[name.toLowerCase()]) })),
  ];
}
