import type { GraphErrorKind } from './errors.ts';

/** What decides about the kind of an answered error. */
export interface ErrorSigns {
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
export function kindOf({ status, code, text, claims, approvalCode }: ErrorSigns): GraphErrorKind {
  if (claims !== undefined && (status === 401 || status === 403)) return 'claimsChallenge';
  if (status >= 500) return byStatus[status] ?? 'server';
  if (status < 400) return 'badAnswer';
  if (status === 401 || status === 404 || status === 429) return byStatus[status] ?? 'badRequest';
  if (approvalCode !== undefined || code === 'ApprovalRequired' || approval.test(text)) return 'approval';
  if (status === 400 && (noRoute.test(code) || noRoute.test(text))) return 'noRoute';
  return byStatus[status] ?? 'badRequest';
}
