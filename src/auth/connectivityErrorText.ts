import * as vscode from 'vscode';
import type { NotReachedReason } from './signInError.ts';

/** Why a host gave no answer, in one sentence. */
export const whyNotReached = (reason: NotReachedReason, host: string): string =>
  ({
    unreachable: () => vscode.l10n.t('{0} could not be reached.', host),
    proxyUser: () => vscode.l10n.t('{0} could not be reached: the proxy wants a user name and a password.', host),
    certificate: () => vscode.l10n.t('The certificate of {0} is not trusted.', host),
    certificateOfNode: () => vscode.l10n.t('The certificate of {0} is not trusted.', host),
    badCertificate: () => vscode.l10n.t('The certificate of {0} is not valid.', host),
    fetchSupportOff: () => vscode.l10n.t('{0} could not be reached.', host),
  })[reason]();

/** What helps where a certificate is not trusted. */
export const certificateHelp = (): string =>
  vscode.l10n.t(
    'Add the certificate authority of your network to the certificate store of this computer, which VS Code reads while {0} is on.',
    'http.systemCertificates',
  );

/** What somebody can do about a host that gave no answer. */
export function notReachedHelp(reason: NotReachedReason): string {
  switch (reason) {
    case 'unreachable':
      return vscode.l10n.t('Check the network and the proxy settings, and try again.');
    case 'proxyUser':
      return vscode.l10n.t('Check those in {0}.', 'http.proxy');
    case 'certificate':
      return certificateHelp();
    case 'badCertificate':
      return vscode.l10n.t('Check the clock of this computer, and ask whoever runs the network or its proxy.');
    case 'certificateOfNode':
      return vscode.l10n.t(
        'VS Code does not sign in with {0} while {1} is on. Add the certificate authority to the certificate store of this computer, or turn that setting off.',
        'NODE_EXTRA_CA_CERTS',
        'http.systemCertificates',
      );
    case 'fetchSupportOff':
      return vscode.l10n.t(
        'VS Code signs in without its proxy and the certificates of this computer while {0} is off. Turn it on.',
        'http.fetchAdditionalSupport',
      );
  }
}
