import { l10n } from 'vscode';
import { certificateHelp, notReachedHelp, whyNotReached } from '../auth/connectivityErrorText.ts';
import { NotReached } from '../auth/signInError.ts';
import { GraphError } from '../graph/errors.ts';
import { withoutUserInfo } from '../graph/failure.ts';
import { plainText } from './plainText.ts';

/** An error for people. */
export interface ErrorWords {
  /** What happened, to what, why, and what to do. */
  readonly message: string;
  /** What the service itself says, and the id that its support asks for. */
  readonly detail?: string;
}

/** Text of somebody else. */
const told = (text: string): string => plainText(withoutUserInfo(text));

/** The service's own reason, unless it is one of our own texts for a missing one. */
function detailOf({ status, code, message, requestId }: GraphError): string | undefined {
  // Said in full already.
  if (code === 'notShownYet') return undefined;
  const parts = [
    status !== undefined && message !== '' ? l10n.t('Microsoft Graph says: {0}', told(message)) : told(message),
    requestId === undefined ? '' : l10n.t('Request ID: {0}', plainText(requestId)),
  ].filter(part => part !== '');
  return parts.length > 0 ? parts.join('\n') : undefined;
}

/** The text of an error that is none of Graph's, as one line. */
const otherText = (error: unknown): string => told(error instanceof Error ? error.message : String(error));

/** A sentence after another, if there is another. */
const sentences = (...parts: readonly string[]): string => parts.filter(part => part !== '').join(' ');

/**
 * The one place where errors become words. A cancellation is no error: ask `isCancelled` first, or use `showError`, which does.
 *
 * @param what What did not work and to what, as a sentence: "Remediations could not be read."
 */
export function errorWords(error: unknown, what = ''): ErrorWords {
  if (isCancelled(error)) return { message: l10n.t('Canceled.') };
  if (!(error instanceof GraphError)) return { message: sentences(what, otherText(error)) };
  const detail = detailOf(error);
  return { message: sentences(what, whyItFailed(error), whatToDo(error)), ...(detail !== undefined && { detail }) };
}

/** All of it in one text, for where there is no place for a detail. */
export const errorText = ({ message, detail }: ErrorWords): string =>
  detail === undefined ? message : `${message} ${detail.replace(/\n/g, ' ')}`;

const names: ReadonlySet<string> = new Set(['AbortError', 'Canceled', 'CancellationError']);

/** Whether somebody called it off: an aborted signal, or VS Code's `CancellationError`. Also what failed because of that. */
export function isCancelled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return names.has(error.name) || isCancelled(error.cause);
}

const forbidden = ({ intuneRole, requiredScopes: [scope] }: GraphError): string => {
  if (intuneRole) return l10n.t('Your account has no Intune role that allows this.');
  if (scope) return l10n.t('The permission {0} is missing.', scope);
  return l10n.t('Your account is not allowed to do this.');
};

/** Intune keeps one open request for approval of each object, and answers a second one with 409 (as observed). */
const hasOpenRequest = ({ status }: GraphError): boolean => status === 409;

/** Why a request failed, in one sentence. */
function whyItFailed(error: GraphError): string {
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
function whatToDo(error: GraphError): string {
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

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Rounded up: who comes back earlier is refused again. */
const units = (ms: number, unit: number): number => Math.max(1, Math.ceil(ms / unit));

/** How long to wait, in the unit that people would use: "30 seconds", "2 minutes", "24 hours". `ms` is in milliseconds. */
export function waitWords(ms: number): string {
  if (ms <= 1_000) return l10n.t('1 second');
  if (ms <= minute) return l10n.t('{0} seconds', units(ms, 1_000));
  if (ms <= hour) return l10n.t('{0} minutes', units(ms, minute));
  return ms <= 2 * day ? l10n.t('{0} hours', units(ms, hour)) : l10n.t('{0} days', units(ms, day));
}
