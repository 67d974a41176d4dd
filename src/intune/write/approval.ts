import type { GraphError, GraphRequest } from '../../graph/client.ts';
import type { JournalApproval } from '../journal/journal.ts';
import type { WriteJob } from './job.ts';
import type { WriteOutcome } from './outcome.ts';
import { writeRequest } from './route.ts';

/** The most characters that a justification has. */
export const longestJustification = 1024;

const toBase64 = (text: string): string => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

/** The request of a job. What was approved is sent to the byte: anything else is refused. */
export function requestOf({ toSend, route, approval }: WriteJob): GraphRequest {
  const request = writeRequest(toSend, route);
  if (!approval) return request;
  if (approval.kind === 'ask') return { ...request, headers: { 'x-msft-approval-justification': toBase64(approval.justification) } };
  const body: unknown = JSON.parse(approval.body);
  return { ...request, path: approval.path, body, headers: { 'x-msft-approval-code': approval.code } };
}

/**
 * What an answer of Multi Admin Approval means; nothing was written in any case. The documented status is 403, and 400 and 412 were seen:
 * a code says that the request waits, and 409 that another one for the same script does.
 */
export function approvalOutcome({ approval }: WriteJob, error: GraphError): WriteOutcome {
  if (error.status === 409) return { kind: 'failed', error };
  if (error.approvalCode !== undefined) return { kind: 'pending', code: error.approvalCode };
  return approval ? { kind: 'failed', error } : { kind: 'needsApproval' };
}

/** What has to be kept of a request that waits: it is sent again as it was, by the account that asked. */
export function approvalRecord(job: WriteJob, code: string, at: string): JournalApproval {
  const { path, body } = requestOf({ ...job, approval: undefined });
  return { type: 'approval', id: job.journalId, at, code, path, body: JSON.stringify(body) };
}
