import { GraphError } from '../graph/errors.ts';
import { redact } from '../host/redact.ts';
import { CloudOfWorkspace, CloudsDisagree } from './sessions.ts';

/** Why sign-in failed, in the cases that somebody can do something about. */
export type RefusalReason =
  | 'consentMissing'
  | 'consentDeclined'
  | 'clientNotAllowed'
  | 'redirectUriMissing'
  | 'conditionalAccess'
  /** The cloud does not know a permission that was asked for. */
  | 'permissionUnknown'
  | 'notPublicClient'
  | 'unknownClient'
  | 'unknownTenant'
  | 'userNotInTenant'
  | 'userNotAssigned'
  | 'providerMissing'
  | 'cloudsDisagree'
  | 'cloudOfWorkspace'
  | 'badSecret'
  | 'timedOut'
  | NotReachedReason
  | 'other';

export interface Refusal {
  readonly reason: RefusalReason;
  /** Such as `AADSTS65001`, when Microsoft Entra gave one. */
  readonly code?: string;
  /** The provider's own text, one line, without tokens, secrets and user names. */
  readonly message: string;
  /** What VS Code's setting for sovereign clouds is, where it names another one. */
  readonly environment?: string;
  /** What gave no answer. */
  readonly host?: string;
}

/** Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const reasons: Readonly<Record<string, RefusalReason>> = {
  AADSTS65001: 'consentMissing',
  AADSTS90094: 'consentMissing',
  AADSTS90095: 'consentMissing',
  AADSTS65004: 'consentDeclined',
  AADSTS65002: 'clientNotAllowed',
  AADSTS50011: 'redirectUriMissing',
  AADSTS53000: 'conditionalAccess',
  AADSTS53001: 'conditionalAccess',
  AADSTS53002: 'conditionalAccess',
  AADSTS53003: 'conditionalAccess',
  AADSTS70011: 'permissionUnknown',
  AADSTS650053: 'permissionUnknown',
  AADSTS7000218: 'notPublicClient',
  AADSTS7000215: 'badSecret',
  AADSTS7000222: 'badSecret',
  AADSTS700027: 'badSecret',
  AADSTS700016: 'unknownClient',
  AADSTS90002: 'unknownTenant',
  AADSTS50020: 'userNotInTenant',
  AADSTS50105: 'userNotAssigned',
};

const providerMissing = /no authentication provider .*registered|waiting for authentication provider/i;
const declined = /^(?:error: )?user did not consent to login\.?$/i;
const left = /^(?:error: )?cancell?ed$|\buser_?\s?cancell?ed\b/i;
const timedOut = /timed? ?out/i;

/** What is thrown where the user declines before a sign-in has begun, in the words of VS Code. */
export const declinedError = (): Error => new Error('User did not consent to login.');

/**
 * How the user called sign-in off; undefined where nobody did. `declined`: before it began, which VS Code tells as 'User did not consent to
 * login.'. `left`: a sign-in that was under way, which the Microsoft provider tells as 'Cancelled', 'Canceled' or `user_cancelled`, by flow.
 */
export const cancellationOf = (error: unknown): 'declined' | 'left' | undefined => {
  const text = providerText(error);
  if (declined.test(text)) return 'declined';
  return left.test(text) || (error instanceof Error && error.name === 'Canceled') ? 'left' : undefined;
};

/** What a failed sign-in means. */
export const refusalOf = (error: unknown): Refusal => {
  const message = providerText(error);
  if (error instanceof CloudsDisagree) {
    return { reason: 'cloudsDisagree', message, ...(error.environment !== undefined && { environment: error.environment }) };
  }
  if (error instanceof NotReached) return { reason: error.reason, message, host: error.host };
  if (error instanceof CloudOfWorkspace) return { reason: 'cloudOfWorkspace', message };
  const code = /\bAADSTS\d+\b/.exec(message)?.[0];
  if (code !== undefined) return { reason: reasons[code] ?? 'other', code, message };
  if (providerMissing.test(message)) return { reason: 'providerMissing', message };
  return { reason: timedOut.test(message) ? 'timedOut' : 'other', message };
};

/**
 * The code of Microsoft Entra, such as `AADSTS50011`, in what somebody copied from one of its pages: the whole message, the code, or its
 * number alone, which some pages show without the prefix. Undefined where there is none.
 */
export const pageCode = (text: string): string | undefined => {
  const number = /\bAADSTS(\d{4,8})\b/i.exec(text)?.[1] ?? /(?<![\w-])(\d{5,7})(?![\w-])/.exec(text)?.[1];
  return number && `AADSTS${number}`;
};

/** The page on which Microsoft explains a code. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const lookUpLink = (code: string): string => `https://login.microsoftonline.com/error?code=${code.replace(/\D/g, '')}`;

/** In front of the reason, as MSAL words what the token endpoint says: `ResponseHandler.validateTokenResponse` of @azure/msal-common. */
const preamble = /^(?:[\w ]+: )?Error\(s\): .{1,60}? - Timestamp: .{1,60}? - Description: /;

/** Behind it: ids and times for the support of Microsoft Entra, which are in its sign-in logs. */
const appendix = /(?:\s|-){0,20}\b(?:Trace ID|Correlation ID|Timestamp):.*$/i;

/** Longer texts are cut, in characters; between two words where there are any. */
const longest = 300;

const cut = (text: string): string =>
  text.length > longest ? `${text.slice(0, text.lastIndexOf(' ', longest)).slice(0, longest)}…` : text;

/**
 * Why somebody who hands out tokens refused, as one line of at most 300 characters and a few: without ids for the support, and without
 * tokens, secrets and user names, for nobody else looks at what a library puts into its errors.
 */
export function providerText(error: unknown): string {
  const text = redact((error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim());
  const reason = text.replace(preamble, '');
  return cut(reason.replace(appendix, '') || reason);
}

/** Why a host gave no answer, in the cases that somebody can do something about. */
export type NotReachedReason =
  | 'unreachable'
  /** The proxy wants a user name and a password, or others. */
  | 'proxyUser'
  /** The certificate leads to no authority that is trusted. */
  | 'certificate'
  /** The certificate leads to an authority that NODE_EXTRA_CA_CERTS names, and that VS Code's `fetch` does not look for there. */
  | 'certificateOfNode'
  /** The certificate is too old, or one of another host: no trust helps. */
  | 'badCertificate'
  /** VS Code's `fetch` is without its proxy and certificates: the setting `http.fetchAdditionalSupport` is off. */
  | 'fetchSupportOff';

/** A host gave no answer, so that nothing was sent to it. */
export class NotReached extends GraphError {
  readonly reason: NotReachedReason;
  readonly host: string;

  constructor(reason: NotReachedReason, host: string, { kind, code, message, request, cause }: GraphError) {
    super({ kind, code, message, request, cause, sent: 'no' });
    this.reason = reason;
    this.host = host;
  }
}
