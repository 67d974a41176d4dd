import { answerError } from './answerError.ts';
import { GraphError, type RequestName } from './errors.ts';
import { failureError } from './failure.ts';
import type { GraphAnswer } from './request.ts';

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
