import { type CloudId, clouds } from '../graph/clouds.ts';
import { GraphError } from '../graph/errors.ts';
import { causesOf, failureError, isDistrusted } from '../graph/failure.ts';
import type { Fetch } from '../graph/transport.ts';
import type { SignInMethod } from '../host/settings.ts';
import { NotReached, type NotReachedReason } from './signInError.ts';

export interface NetworkParts {
  /** VS Code's `fetch`, which its Microsoft accounts sign in by. */
  readonly fetch: Fetch;
  /** Loads the transport over `https`, which the credentials of @azure/identity sign in by. */
  readonly loadHttps: () => Promise<Fetch>;
  /** The transport to Microsoft Graph. */
  readonly graph: Fetch;
  /** The setting `http.fetchAdditionalSupport`. */
  readonly additionalSupport: () => boolean;
}

/** Whose way to Microsoft Entra it is. */
export interface Way {
  readonly cloud: CloudId;
  readonly method: SignInMethod;
}

/** Milliseconds after which nobody waits for an answer any more. */
const timeLimit = 10_000;

/** What each of the two says to anybody: its metadata, and that a token is missing. */
const entraAddress = (cloud: CloudId): string => `${clouds[cloud].authority}/common/v2.0/.well-known/openid-configuration`;
const graphAddress = (cloud: CloudId): string => `${clouds[cloud].graph}/v1.0/organization`;

const nameOf = (address: string) => ({ method: 'GET', path: new URL(address).pathname });

/** Undefined for a redirect, which is an answer. */
function withoutAnswer(error: unknown, address: string): GraphError | undefined {
  const failure = failureError(error, nameOf(address), '');
  return failure.kind === 'badAnswer' ? undefined : failure;
}

/** What a request to an address failed for, where there was no answer; the error itself otherwise. */
export function notReached(error: unknown, address: string): unknown {
  const failure = withoutAnswer(error, address);
  return failure ? new NotReached(plainReason(failure), new URL(address).host, failure) : error;
}

/** Why an address gives no answer, whatever answer; asked without a token. */
async function failureOf(fetch: Fetch, address: string): Promise<GraphError | undefined> {
  try {
    const answer = await askWithoutToken(fetch, address, timeLimit);
    await answer.body?.cancel();
    return undefined;
  } catch (error) {
    return withoutAnswer(error, address);
  }
}

function plainReason({ kind, message, cause }: GraphError): NotReachedReason {
  if (kind !== 'certificate') return /\b407\b/.test(message) ? 'proxyUser' : 'unreachable';
  return isDistrusted(cause) ? 'certificate' : 'badCertificate';
}

async function reasonOf({ loadHttps, additionalSupport }: NetworkParts, failure: GraphError, address: string, isVSCodes: boolean) {
  if (isVSCodes && !additionalSupport()) return 'fetchSupportOff';
  const reason = plainReason(failure);
  const onlyNode = reason === 'certificate' && isVSCodes && !(await failureOf(await loadHttps(), address));
  return onlyNode ? 'certificateOfNode' : reason;
}

/** Why Microsoft Entra gives no answer on the way that the sign-in method takes; undefined where it answers. */
export async function entraNotReached(parts: NetworkParts, { cloud, method }: Way): Promise<NotReached | undefined> {
  const address = entraAddress(cloud);
  const isVSCodes = method === 'vscode';
  const failure = await failureOf(isVSCodes ? parts.fetch : await parts.loadHttps(), address);
  return failure && new NotReached(await reasonOf(parts, failure, address, isVSCodes), new URL(address).host, failure);
}

/** Why Microsoft Graph gives no answer; undefined where it answers. */
export async function graphNotReached({ graph }: NetworkParts, cloud: CloudId): Promise<NotReached | undefined> {
  const address = graphAddress(cloud);
  const failure = await failureOf(graph, address);
  return failure && new NotReached(plainReason(failure), new URL(address).host, failure);
}

/**
 * What MSAL and Node say of a request without an answer, or with one that is none of Microsoft Entra's. MSAL keeps the cause for itself, and
 * VS Code hands on a text only.
 */
const noAnswer =
  /\bnetwork_error\b|\bendpoints_resolution_error\b|\bfetch failed\b|_error: Error\(s\): Not Available\b|\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b|net::ERR_/;

/** Whether a sign-in failed because there was no answer. What Microsoft Entra refuses has a code of its own. */
function hasNoAnswer(error: unknown): boolean {
  const texts = causesOf(error instanceof Error ? error : new Error(String(error)));
  if (texts.some(({ message }) => /AADSTS\d/.test(message))) return false;
  return isDistrusted(error) || texts.some(({ code, message }) => noAnswer.test(code) || noAnswer.test(message));
}

/** What a failed sign-in really failed for: the error itself, or a {@link NotReached} where there was no answer. */
export async function explainFailure(parts: NetworkParts, way: Way, error: unknown): Promise<unknown> {
  // The Azure CLI has a network stack of its own.
  if (way.method === 'azureCli' || error instanceof GraphError || !hasNoAnswer(error)) return error;
  const found = await entraNotReached(parts, way);
  const address = entraAddress(way.cloud);
  return found ?? new NotReached('unreachable', new URL(address).host, failureError(error, nameOf(address), ''));
}

/**
 * Reads an address of Microsoft's that answers anybody. Neither a token nor an account goes with it, and no redirect is followed.
 *
 * @param timeLimit Milliseconds after which nobody waits for the answer any more.
 * @throws what `fetch` rejects with
 */
export const askWithoutToken = (fetch: Fetch, address: string, timeLimit: number): Promise<Response> =>
  fetch(new Request(address, { redirect: 'error', signal: AbortSignal.timeout(timeLimit) }));
