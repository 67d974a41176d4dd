import * as z from 'zod/mini';
import { type Reason, unnest } from './unnest.ts';

const text = z.catch(z.optional(z.string()), undefined);
const inner = z.catch(z.optional(z.looseObject({ 'request-id': text, 'client-request-id': text })), undefined);
const error = z.looseObject({ code: text, message: text, innerError: inner, innererror: inner });

/** Graph's envelope, and what stands without one in answers of gateways. */
const envelope = z.looseObject({ error: z.catch(z.optional(z.union([error, z.string()])), undefined), message: text, Message: text });

/** What the body of an error says. */
export interface ErrorBody extends Reason {
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
}

/** Longer reasons are cut, in characters: they end up in a message for people. */
const longest = 1000;

const isHtml = (reason: string): boolean => /^\s*<|<(?:!doctype|html|head|body)\b/i.test(reason);

/** A page of a gateway is no reason, and neither is JSON that stayed unread. */
const forPeople = ({ message, text }: Reason): Reason =>
  isHtml(message) || /^[{[]/.test(message) ? { message: '', text } : { message: message.slice(0, longest), text };

/**
 * Reads the body of an error, whatever it is: Graph's envelope
 * (https://learn.microsoft.com/graph/errors, with `innerError` and `innererror`), another JSON or plain text. Never throws.
 *
 * @param body parsed JSON, or the text where it was none
 */
export function readErrorBody(body: unknown): ErrorBody {
  if (typeof body === 'string') return forPeople(unnest(body));
  const { data } = envelope.safeParse(body);
  if (data === undefined) return { message: '', text: '' };
  if (typeof data.error !== 'object') {
    return { ...forPeople(unnest(data.message ?? data.Message ?? data.error ?? '')), code: data.error };
  }
  const ids = data.error.innerError ?? data.error.innererror;
  return {
    ...forPeople(unnest(data.error.message ?? '')),
    code: data.error.code,
    requestId: ids?.['request-id'],
    clientRequestId: ids?.['client-request-id'],
  };
}
