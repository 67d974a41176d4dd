import { GraphError, type RequestName } from './errors.ts';

/** An error as far as it says what went wrong below HTTP. */
interface Cause {
  readonly code: string;
  readonly message: string;
}

/** Links of a chain of causes that are followed, so that one that is a circle ends. */
const longest = 10;

const partsOf = (error: Error): readonly unknown[] => [error.cause, ...(error instanceof AggregateError ? error.errors : [])];

/** An error and all that caused it, outermost first. */
export function causesOf(error: unknown, depth = 0): readonly Cause[] {
  if (!(error instanceof Error) || depth > longest) return [];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // node-fetch says the address with its query, which can hold what somebody searched for; Node advises how to start Node.
  const message = withoutUserInfo(error.message)
    .replace(/^request to \S+ failed, reason: /, '')
    .replace(/; if the root CA is installed locally, try .*$/, '');
  return [{ code, message }, ...partsOf(error).flatMap(part => causesOf(part, depth + 1))];
}

/** The codes and words of Node and OpenSSL for a certificate that leads to no trusted root, which another set of trusted roots may accept. */
const distrust = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
const distrustWords =
  /unable to verify the first certificate|self[- ]signed certificate|unable to get (?:local )?issuer certificate|ERR_CERT_AUTHORITY/i;
const isDistrust = ({ code, message }: Cause): boolean => distrust.has(code) || distrustWords.test(message);

/** Other failures of a certificate, which no other transport would accept. */
const certificate = /^(?:ERR_TLS_CERT|CERT_)/;
const isCertificate = (cause: Cause): boolean => isDistrust(cause) || certificate.test(cause.code) || /ERR_CERT_/.test(cause.message);

/** Failures before there was a connection, so that nothing can have been sent. What can also end a connection counts only from `connect`. */
const unconnected = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT']);
const unconnectedWords = /^connect (?:EHOSTUNREACH|ENETUNREACH)|ERR_(?:NAME_NOT_RESOLVED|CONNECTION_REFUSED|ADDRESS_UNREACHABLE)/;
const isUnconnected = ({ code, message }: Cause): boolean => unconnected.has(code) || unconnectedWords.test(message);

/** Whether the connection failed because the certificate leads to no root that this transport trusts. */
export const isDistrusted = (error: unknown): boolean => causesOf(error).some(isDistrust);

/** The {@link GraphError} of a request that got no answer. */
export function failureError(error: unknown, request: RequestName, clientRequestId: string): GraphError {
  const causes = causesOf(error);
  const about = { request, clientRequestId, cause: error };
  const found = (test: (cause: Cause) => boolean): Cause | undefined => causes.findLast(test);
  const bad = found(isCertificate);
  // The handshake comes before the request.
  if (bad) return new GraphError({ ...about, kind: 'certificate', code: bad.code, message: bad.message, sent: 'no' });
  const apart = found(isUnconnected);
  if (apart) return new GraphError({ ...about, kind: 'network', code: apart.code, message: apart.message, sent: 'no' });
  if (causes.some(({ message }) => /\bredirect/i.test(message))) {
    return new GraphError({ ...about, kind: 'badAnswer', message: 'The answer was a redirect, which is not followed.' });
  }
  const last = found(({ message }) => message !== '');
  return new GraphError({ ...about, kind: 'network', code: last?.code, message: last?.message ?? 'The connection failed.' });
}

/**
 * The user name and password before the host of an address, as proxies have them. A password may hold what ends a host, though it should
 * not; digits up to a slash are a port. Begins behind the slashes and ends somewhere, so that no text takes long.
 */
const userInfo = /(?<=[a-z\d+.-]:[\\/]{2,8})(?:[^\s\\/?#"'<>]{0,1000}@|[^\s\\/:@[\]"'<>]{0,1000}:(?!\d*[\\/?#])[^\s@"'<>]{0,1000}@)+/gi;

/** A text whose addresses name the host only: nobody's password is shown with what went wrong. */
export const withoutUserInfo = (text: string): string => text.replace(userInfo, '');

/** The value of a setting that names a proxy, which may have a user name and password before its host without any `http://` before them. */
export const withoutProxyUser = (value: string): string => value.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1');
