import type { GraphAnswer, GraphRequest, Outcome, Scopes } from '../../graph/client.ts';
import { urlPart } from '../../graph/request.ts';

/** On how many a group has an effect, members of its groups included; undefined where it may not be read. */
export interface Reach {
  readonly devices: number | undefined;
  readonly users: number | undefined;
}

const kinds = ['device', 'user'] as const;

/** The two counts of a group. `$count` of transitive members needs `ConsistencyLevel: eventual` (advanced query). */
export const reachRequests = (groupId: string, scopes: Scopes): readonly GraphRequest[] =>
  kinds.map(kind => ({
    path: `/beta/groups/${urlPart(groupId)}/transitiveMembers/microsoft.graph.${kind}/$count`,
    headers: { ConsistencyLevel: 'eventual' },
    scopes,
  }));

/** Text that is no JSON stands in a `$batch` in base64 (https://learn.microsoft.com/graph/json-batching). That of digits starts with no digit. */
function plain(text: string): string {
  try {
    return /^[MNO]/.test(text) ? atob(text) : text;
  } catch {
    return text;
  }
}

/** A count comes as text. */
function countOf(answer: Outcome<GraphAnswer> | undefined): number | undefined {
  if (!answer?.ok || typeof answer.value.body !== 'string') return undefined;
  const text = plain(answer.value.body.trim()).trim();
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

/** The reach that the two answers to {@link reachRequests} tell. */
export const reachOf = (answers: readonly (Outcome<GraphAnswer> | undefined)[]): Reach => ({
  devices: countOf(answers[0]),
  users: countOf(answers[1]),
});
