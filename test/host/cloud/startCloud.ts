import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clouds } from '../../../src/graph/clouds.ts';
import type { Settings } from '../server/userSettings.ts';
import { makeCertificates } from './certificates.ts';
import { Entra, type EntraOptions } from './entra.ts';
import type { RecordedRequest } from './recordedRequest.ts';
import type { Service } from './serveFetch.ts';
import { type ProxyUser, startTlsProxy } from './tlsProxy.ts';

export interface CloudOptions extends EntraOptions {
  /** Who answers as Microsoft Graph. One that rejects drops the connection. */
  readonly graph: Service;
  /** Who may go through the proxy; the default is anybody. */
  readonly proxyUser?: ProxyUser;
  /** Whether VS Code's settings leave out the user of the proxy; the browser knows it anyway. */
  readonly proxyUserMissing?: boolean;
  /** Where the authority is known; the default is both places. */
  readonly trust?: Trust;
}

/** Where VS Code finds the certificate authority: in what it takes for the system's store, in what Node adds to its own, or nowhere. */
export type Trust = 'system' | 'nodeExtra' | 'both' | 'nowhere';

/** Microsoft Graph and Microsoft Entra, behind a proxy and a certificate authority of its own, as in many a company. */
export interface Cloud {
  /** With a user's name and password where the proxy wants one. */
  readonly proxyUrl: string;
  readonly entra: Entra;
  /** Every request to either, in order. */
  readonly requests: readonly RecordedRequest[];
  /** The requests to Microsoft Graph, in order. */
  readonly graphRequests: readonly RecordedRequest[];
  /** Hosts that were asked for and that are neither. */
  readonly refused: ReadonlySet<string>;
  /** The host of each connection that the proxy let through, in order: a client that does not trust the certificate sends no request by it. */
  readonly connected: readonly string[];
  /** User settings that lead VS Code through the proxy. */
  readonly settings: Settings;
  /** Environment variables that make VS Code trust the authority, or not, without touching the machine. Undefined: not set. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The first request that matches, answered already or as soon as it is. */
  answered(matches: (request: RecordedRequest) => boolean): Promise<RecordedRequest>;
  close(): Promise<void>;
}

/** What MSAL asks in place of login.chinacloudapi.cn, by the metadata that it comes with. */
export const chinaSignInHost = 'login.partner.microsoftonline.cn';

const hostsOf = (key: 'graph' | 'authority'): string[] => [...new Set(Object.values(clouds).map(cloud => new URL(cloud[key]).host))];

/** Starts the proxy, and behind it the hosts of all clouds. */
export async function startCloud({ graph, proxyUser, proxyUserMissing, trust = 'both', ...options }: CloudOptions): Promise<Cloud> {
  const entra = new Entra(options);
  const services = new Map<string, Service>();
  for (const host of hostsOf('graph')) services.set(host, graph);
  for (const host of [...hostsOf('authority'), chinaSignInHost]) services.set(host, entra.answer);
  const isGraph = (host: string) => services.get(host) === graph;

  const certificates = await makeCertificates([...services.keys()]);
  const folder = await mkdtemp(path.join(tmpdir(), 'intune-scripts-cloud-'));
  const authorityFile = path.join(folder, 'authority.pem');
  await writeFile(authorityFile, certificates.authority);
  const proxy = await startTlsProxy(certificates, services, isGraph, proxyUser);

  return {
    proxyUrl: proxy.url,
    entra,
    requests: proxy.requests,
    get graphRequests() {
      return proxy.requests.filter(({ host }) => isGraph(host));
    },
    refused: proxy.refused,
    connected: proxy.connected,
    settings: {
      'http.proxy': proxyUserMissing ? proxy.url.replace(/\/\/.*@/, '//') : proxy.url,
      // Without this the extension host of a server ignores http.proxy, which it takes for a matter of the browser's machine.
      'http.useLocalProxyConfiguration': false,
      // The authorities of "the system" are then Node's, and those SSL_CERT_FILE names.
      'http.systemCertificatesNode': true,
    },
    env: {
      SSL_CERT_FILE: trust === 'system' || trust === 'both' ? authorityFile : undefined,
      NODE_EXTRA_CA_CERTS: trust === 'nodeExtra' || trust === 'both' ? authorityFile : undefined,
    },
    answered: matches =>
      new Promise(resolve => {
        const before = proxy.requests.find(request => request.status !== undefined && matches(request));
        if (before) return resolve(before);
        const stop = proxy.onAnswered(request => {
          if (!matches(request)) return;
          stop();
          resolve(request);
        });
        return undefined;
      }),
    close: async () => {
      await proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
