import * as z from 'zod/mini';
import { GraphError, type GraphErrorKind, type RequestName } from './errors.ts';
import { failureError } from './failure.ts';
import type { GraphAnswer } from './request.ts';
import { readRetryAfter } from './retry.ts';

/** How an answer is read. */
export interface AnswerContext {
  readonly request: RequestName;
  readonly clientRequestId: string;
  /** Whether the body is what was asked for. Otherwise a success is one whatever its body is: the write was done. */
  readonly bodyMatters: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A number with so many digits may be another one as a double. */
const mayBeRounded = /\d(?:\.?\d){15}/;

/** The digits of a number that tell it from others of its size. */
const digitsOf = (number: string): string =>
  number
    .replace(/e.*$/i, '')
    .replace(/[-+.]/g, '')
    .replace(/^0+|0+$/g, '');

/** JSON in which a number that a double cannot hold as it was written is NaN, so that nobody takes it for the one that was sent. */
function parseExactly(text: string): unknown {
  if (!mayBeRounded.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_, value: unknown, context?: { readonly source?: string }) => {
    const isRounded = typeof value === 'number' && context?.source !== undefined && digitsOf(context.source) !== digitsOf(String(value));
    return isRounded ? Number.NaN : value;
  });
}

type Parsed = { readonly body: unknown } | { readonly problem: string };

/** By what it is and not only by what it calls itself: gateways send pages as JSON, and Intune JSON without a type. */
function parse(text: string, contentType: string): Parsed {
  if (text.trim() === '') return { body: undefined };
  try {
    if (!/text\/plain/i.test(contentType)) return { body: parseExactly(text) };
  } catch {
    const page = /^\s*</.test(text);
    return { problem: page ? 'The answer is a web page and not one of Microsoft Graph.' : 'The answer is no JSON, or was cut off.' };
  }
  return /^\s*</.test(text) ? { problem: 'The answer is a web page and not one of Microsoft Graph.' } : { body: text.trim() };
}

async function readText(response: Response, { request, clientRequestId }: AnswerContext): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw failureError(error, request, clientRequestId);
  }
}

/** The text of an answer whose status already says what matters. */
const textIfAny = (response: Response): Promise<string> => response.text().catch(() => '');

/**
 * Reads an answer: JSON, text/plain or nothing.
 *
 * @throws GraphError for a status other than 200 to 299; `badAnswer` for what cannot be read; `network` where the body broke off
 */
export async function readAnswer(response: Response, context: AnswerContext): Promise<GraphAnswer> {
  const { status, headers } = response;
  const { request, clientRequestId, bodyMatters } = context;
  const text = response.ok && bodyMatters ? await readText(response, context) : await textIfAny(response);
  const parsed = parse(text, headers.get('content-type') ?? '');
  if (!response.ok) {
    throw answerError({ status, headers, body: 'body' in parsed ? parsed.body : text, request, clientRequestId, now: context.now() });
  }
  if ('body' in parsed) return { status, headers, body: parsed.body };
  if (!bodyMatters) return { status, headers, body: undefined };
  const requestId = headers.get('request-id') ?? undefined;
  throw new GraphError({ kind: 'badAnswer', message: parsed.problem, request, status, requestId, clientRequestId, sent: 'unknown' });
}

/** An answer that is an error, of a request or of one inside of a $batch. */
export interface AnsweredError {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text where it was none. */
  readonly body: unknown;
  readonly request: RequestName;
  readonly clientRequestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const scopesIn = (text: string): readonly string[] => {
  const list = /one of the following scopes:\s*([\w.,\s/:-]*?)(?:\s+-\s|[\r\n"]|\.?\s*$)/i.exec(text)?.[1] ?? '';
  return list.split(/[\s,]+/).filter(scope => /^\w+(?:\.\w+)+$/.test(scope));
};

/** A user without an Intune role: https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/7007 */
const withoutRole = /urn:intune:service|User is not authorized/i;

const approvalIn = (headers: Headers, text: string): string | undefined =>
  headers.get('x-msft-approval-code') ?? /x-msft-approval-code:\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i.exec(text)?.[1];

/** The {@link GraphError} of an answer whose status is no success. */
export function answerError({ status, headers, body, request, clientRequestId, now }: AnsweredError): GraphError {
  const said = readErrorBody(body);
  const claims = readClaims(headers.get('www-authenticate'));
  const approvalCode = approvalIn(headers, said.text);
  const code = said.code === undefined ? undefined : withoutTokens(said.code);
  const requiredScopes = status === 403 ? scopesIn(said.message) : [];
  return new GraphError({
    kind: kindOf({ status, code: said.code ?? '', text: said.text, claims, approvalCode }),
    message: withoutTokens(said.message) || `The service answered with the status ${status} and gave no reason${code ? ` (${code})` : ''}.`,
    request,
    status,
    code,
    requestId: headers.get('request-id') ?? said.requestId,
    clientRequestId: headers.get('client-request-id') ?? said.clientRequestId ?? clientRequestId,
    retryAfterMs: readRetryAfter(headers.get('retry-after'), now),
    claims,
    approvalCode,
    requiredScopes,
    intuneRole: status === 403 && requiredScopes.length === 0 && withoutRole.test(said.text),
    // A time-out that the service answers says as little about a write as one of our own.
    sent: status === 408 ? 'unknown' : 'yes',
  });
}

const text = z.catch(z.optional(z.string()), undefined);
const inner = z.catch(z.optional(z.looseObject({ 'request-id': text, 'client-request-id': text })), undefined);
const error = z.looseObject({ code: text, message: text, innerError: inner, innererror: inner });

/** Graph's envelope, and what stands without one in answers of gateways. */
const envelope = z.looseObject({ error: z.catch(z.optional(z.union([error, z.string()])), undefined), message: text, Message: text });

/** What the body of an error says. */
interface ErrorBody extends Reason {
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
function readErrorBody(body: unknown): ErrorBody {
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

/** What decides about the kind of an answered error. */
interface ErrorSigns {
  readonly status: number;
  readonly code: string;
  /** The text of all levels of the message. */
  readonly text: string;
  readonly claims: string | undefined;
  readonly approvalCode: string | undefined;
}

const byStatus: Readonly<Partial<Record<number, GraphErrorKind>>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'notFound',
  408: 'timeout',
  409: 'conflict',
  410: 'notFound',
  412: 'conflict',
  423: 'conflict',
  429: 'throttled',
  509: 'throttled',
};

/** The documented status is 403, 412 and 400 have been seen, so the words decide. */
const approval = /x-msft-approval-(?:justification|code)|\bapproval required\b|active approval request\b/i;

/** The observed code and message of a path or method that Intune does not route: "No method match route template", "No OData route exists ...". */
const noRoute = /No (method|OData route).*(match|exists)/i;

/** The kind of an error that the service answered. */
function kindOf({ status, code, text, claims, approvalCode }: ErrorSigns): GraphErrorKind {
  if (claims !== undefined && (status === 401 || status === 403)) return 'claimsChallenge';
  if (status >= 500) return byStatus[status] ?? 'server';
  if (status < 400) return 'badAnswer';
  if (status === 401 || status === 404 || status === 429) return byStatus[status] ?? 'badRequest';
  if (approvalCode !== undefined || code === 'ApprovalRequired' || approval.test(text)) return 'approval';
  if (status === 400 && (noRoute.test(code) || noRoute.test(text))) return 'noRoute';
  return byStatus[status] ?? 'badRequest';
}

/** What Intune puts as JSON text into the message of an error, at each level. */
const level = z.looseObject({
  Message: z.optional(z.string()),
  message: z.optional(z.string()),
  error: z.optional(z.looseObject({ message: z.optional(z.string()) })),
});

/** Levels of nesting that are followed; two have been seen. */
const deepest = 10;

/** What Intune appends for its support. The request's id is kept apart, and the address inside of the service helps no user. */
const tail = /-\s+(?:Operation ID \(for customer support\)|Activity ID):[\s\S]*$/i;

export interface Reason {
  /** The innermost reason, without the tail for the support; empty if there is none. */
  readonly message: string;
  /** The text of all levels, to look for what the innermost one does not say. */
  readonly text: string;
}

const messageIn = (text: string): string | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const { data } = level.safeParse(JSON.parse(text));
    return data?.Message ?? data?.message ?? data?.error?.message;
  } catch {
    // Not JSON after all: the text is the reason.
    return undefined;
  }
};

/**
 * The human reason in a message of Intune, which is often JSON text, inside of which the message may be JSON text again
 * (AzureAD/microsoft-authentication-library-for-js#7007).
 */
export function unnest(message: string): Reason {
  const levels = [message];
  for (let text = messageIn(message); text !== undefined && levels.length < deepest; text = messageIn(text)) levels.push(text);
  return { message: (levels.at(-1) ?? '').replace(tail, '').trim(), text: levels.join('\n') };
}

/** What stands behind the word that announces a token, and what begins like one that is signed or encrypted: a header of JSON, in base64url. */
const token = /(\bbearer\s+)[^\s"',]{16,}|eyJ[\w-]{16,}(?:\.[\w-]*)*/gi;

/** What a service says, without a token that it was sent and says again: its words are shown, and written down where a write failed. */
const withoutTokens = (text: string): string => text.replace(token, '$1***');

const decoded = (claims: string): string => {
  if (claims.trimStart().startsWith('{')) return claims.replaceAll('\\"', '"');
  const bytes = atob(claims.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)));
};

/**
 * The claims of a challenge, as JSON text, or undefined where the header has none that can be read.
 * A 401 without claims is a plain one: https://learn.microsoft.com/entra/identity-platform/claims-challenge
 *
 * @param header the value of `WWW-Authenticate`
 */
export function readClaims(header: string | null): string | undefined {
  const claims = /(?:^|[\s,])claims\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header ?? '')?.[1];
  if (!claims) return undefined;
  try {
    const text = decoded(claims);
    JSON.parse(text);
    return text;
  } catch {
    // No token can be asked for with claims that nobody can read.
    return undefined;
  }
}
