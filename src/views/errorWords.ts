import { l10n } from 'vscode';
import { GraphError } from '../graph/errors.ts';
import { withoutUserInfo } from '../graph/failure.ts';
import { isCancelled } from './cancellation.ts';
import { plainText } from './plainText.ts';
import { whatToDo, whyItFailed } from './words/graphReason.ts';

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
