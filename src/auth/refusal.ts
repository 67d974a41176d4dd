import { NotReached, type NotReachedReason } from './notReachedError.ts';
import { providerText } from './providerText.ts';
import { CloudOfWorkspace, CloudsDisagree } from './sovereignSessions.ts';

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
