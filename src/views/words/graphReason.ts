import { l10n } from 'vscode';
import { certificateHelp, notReachedHelp, whyNotReached } from '../../auth/connectivityErrorText.ts';
import { NotReached } from '../../auth/signInError.ts';
import type { GraphError } from '../../graph/errors.ts';
import { waitWords } from './wait.ts';

const forbidden = ({ intuneRole, requiredScopes: [scope] }: GraphError): string => {
  if (intuneRole) return l10n.t('Your account has no Intune role that allows this.');
  if (scope) return l10n.t('The permission {0} is missing.', scope);
  return l10n.t('Your account is not allowed to do this.');
};

/** Intune keeps one open request for approval of each object, and answers a second one with 409 (as observed). */
const hasOpenRequest = ({ status }: GraphError): boolean => status === 409;

/** Why a request failed, in one sentence. */
export function whyItFailed(error: GraphError): string {
  if (error instanceof NotReached) return whyNotReached(error.reason, error.host);
  switch (error.kind) {
    case 'unauthorized':
      return l10n.t('Microsoft Graph did not accept the sign-in.');
    case 'claimsChallenge':
      return l10n.t('Your organization wants you to sign in again.');
    case 'noToken':
      return l10n.t('You have to sign in, or a permission lacks consent.');
    case 'forbidden':
      return forbidden(error);
    case 'notFound':
      return l10n.t('It does not exist any more, or your role does not show it.');
    case 'noRoute':
      return l10n.t('The Intune service of this tenant does not offer this.');
    case 'conflict':
      return error.code === 'notShownYet'
        ? l10n.t('Intune does not show your last change of it: it may be slow, or somebody has taken it back.')
        : l10n.t('It conflicts with another change.');
    case 'approval':
      return hasOpenRequest(error)
        ? l10n.t('A change of it waits for approval already.')
        : l10n.t('Multi Admin Approval protects it: another administrator has to approve the change.');
    case 'badRequest':
      return l10n.t('Microsoft Graph refused the request.');
    case 'throttled':
      return l10n.t('Microsoft Graph gets too many requests.');
    case 'server':
      return l10n.t('Microsoft Graph or Intune failed.');
    case 'badAnswer':
      return l10n.t('The answer could not be read.');
    case 'network':
      return l10n.t('Microsoft Graph could not be reached.');
    case 'certificate':
      return l10n.t('The certificate of the connection is not trusted.');
    case 'timeout':
      return l10n.t('Microsoft Graph did not answer in time.');
    case 'untrustedHost':
      return l10n.t('The address is not one of Microsoft Graph. Nothing was sent.');
  }
}

/** What somebody can do about it, in one sentence. */
export function whatToDo(error: GraphError): string {
  if (error instanceof NotReached) return notReachedHelp(error.reason);
  switch (error.kind) {
    case 'unauthorized':
    case 'claimsChallenge':
      return l10n.t('Sign in again.');
    case 'noToken':
      return l10n.t('Sign in again, or ask an administrator to consent.');
    case 'forbidden':
      return error.intuneRole
        ? l10n.t('Ask an Intune administrator for a role that covers device configurations.')
        : l10n.t('Ask an administrator to consent to the permission, or check your Intune role.');
    case 'conflict':
      return error.code === 'notShownYet' ? l10n.t('Try again in a few minutes.') : l10n.t('Refresh, and look again.');
    case 'notFound':
      return l10n.t('Refresh, and look again.');
    case 'approval':
      return hasOpenRequest(error)
        ? l10n.t('Finish or cancel that one first.')
        : l10n.t('Ask for the approval in the Intune admin center.');
    case 'throttled':
      return error.retryAfterMs === undefined
        ? l10n.t('Wait a moment, and try again.')
        : l10n.t('Try again in {0}.', waitWords(error.retryAfterMs));
    case 'network':
    case 'timeout':
      return l10n.t('Check the network and the proxy settings, and try again.');
    case 'certificate':
      return certificateHelp();
    case 'server':
    case 'badAnswer':
      return l10n.t('Try again later.');
    case 'noRoute':
    case 'badRequest':
    case 'untrustedHost':
      return l10n.t('The log has the details.');
  }
}
