/** What went wrong, by what a caller can do about it. */
export const graphErrorKinds = [
  /** 401: the token was refused. */
  'unauthorized',
  /** 401 (or 403) with a claims challenge: a token with `claims` is wanted, which may need the user. */
  'claimsChallenge',
  /** 403: see `requiredScopes` and `intuneRole`. */
  'forbidden',
  'notFound',
  /** 400 "No OData route exists ...": the tenant's Intune does not have this operation. */
  'noRoute',
  'conflict',
  /** Multi Admin Approval wants a justification, or waits for another administrator; see `approvalCode`. */
  'approval',
  'badRequest',
  'throttled',
  'server',
  /** An answer that cannot be read or is no answer of Graph. Says nothing about whether a write was done. */
  'badAnswer',
  'network',
  'certificate',
  'timeout',
  /** The address is not the cloud's Graph. Nothing was sent. */
  'untrustedHost',
  /** No token without asking the user. Nothing was sent. `cause` is the credential's error, if it had one. */
  'noToken',
] as const;

export type GraphErrorKind = (typeof graphErrorKinds)[number];

/** What a request was, as errors and the log name it: the path has no query. */
export interface RequestName {
  readonly method: string;
  readonly path: string;
}

/** What a {@link GraphError} is made from. */
export interface GraphErrorInit {
  readonly kind: GraphErrorKind;
  readonly message: string;
  readonly request: RequestName;
  readonly status?: number | undefined;
  /** The kind, if missing. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly clientRequestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly claims?: string | undefined;
  readonly approvalCode?: string | undefined;
  readonly requiredScopes?: readonly string[] | undefined;
  readonly intuneRole?: boolean | undefined;
  /** `yes` with a status and `unknown` without one, if missing. */
  readonly sent?: GraphError['sent'] | undefined;
  readonly cause?: unknown;
}

/** The one error of the Graph client. Cancellation is not one: a cancelled call rejects with the signal's reason. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly kind: GraphErrorKind;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** The service's code, e.g. `BadRequest`; the kind where it gave none. */
  readonly code: string;
  /** The service's id of the request, which its support asks for. */
  readonly requestId?: string;
  /** Our own id of the request. */
  readonly clientRequestId?: string;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The claims of a challenge, as JSON text. */
  readonly claims?: string;
  /** The id of the Multi Admin Approval request. */
  readonly approvalCode?: string;
  /** The permissions of which the service wants one. */
  readonly requiredScopes: readonly string[];
  /** Whether a 403 came from Intune's own roles and not from a missing permission. */
  readonly intuneRole: boolean;
  /** Whether the request reached the service. `no` only where that is certain; a write that is not `no` is settled by reading. */
  readonly sent: 'no' | 'yes' | 'unknown';
  readonly request: RequestName;

  constructor(init: GraphErrorInit) {
    super(init.message, init.cause === undefined ? {} : { cause: init.cause });
    this.kind = init.kind;
    this.code = init.code || init.kind;
    this.request = init.request;
    this.requiredScopes = init.requiredScopes ?? [];
    this.intuneRole = init.intuneRole ?? false;
    this.sent = init.sent ?? (init.status === undefined ? 'unknown' : 'yes');
    if (init.status !== undefined) this.status = init.status;
    if (init.requestId !== undefined) this.requestId = init.requestId;
    if (init.clientRequestId !== undefined) this.clientRequestId = init.clientRequestId;
    if (init.retryAfterMs !== undefined) this.retryAfterMs = init.retryAfterMs;
    if (init.claims !== undefined) this.claims = init.claims;
    if (init.approvalCode !== undefined) this.approvalCode = init.approvalCode;
  }
}

/** The same error with some parts changed; the original is its cause. */
export const changedError = (error: GraphError, change: Partial<GraphErrorInit>): GraphError =>
  new GraphError({ ...error, message: error.message, cause: error, ...change });

/** What became of one request of several. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: GraphError };

export const succeeded = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const failed = (error: GraphError): Outcome<never> => ({ ok: false, error });
