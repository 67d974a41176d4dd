import type { GraphAnswer, GraphClient, GraphRequest, Outcome, SendOptions } from '../graph/client.ts';
import type { Assignment, Wire } from './assignment.ts';
import { type FamilyId, familyOf } from './families.ts';
import { tierScopes } from './permissions.ts';
import { type Reach, reachOf, reachRequests } from './reach.ts';
import { assignmentsOfAnswer, assignmentsRequest, settle } from './readAssignments.ts';
import { type ScriptRef, scriptKey, scriptPath } from './script.ts';

/** What a plan is made from. */
export interface ReadForPlan {
  /** The whole set of each script, by script key. */
  readonly bases: ReadonlyMap<string, Outcome<readonly Assignment[]>>;
  /** Whether a remediation has a script that remediates, by script key; missing where that could not be read. */
  readonly remediationContent: ReadonlyMap<string, boolean>;
  /** By group id. */
  readonly reach: ReadonlyMap<string, Reach>;
}

/** Only the single GET of a remediation has its contents; a package without a remediation script can only detect. */
function hasRemediation(answer: Outcome<GraphAnswer> | undefined): boolean | undefined {
  if (!answer?.ok || typeof answer.value.body !== 'object' || answer.value.body === null) return undefined;
  const fields: Wire = Object.fromEntries(Object.entries(answer.value.body));
  if (!('remediationScriptContent' in fields)) return undefined;
  const content = fields['remediationScriptContent'];
  return typeof content === 'string' && content !== '';
}

/**
 * Reads, in as few requests as possible, all that plans for these scripts and groups need. Scripts fail each for itself.
 * The permission asked for is the one that the write will need, so that a lack of it is told before the review.
 */
export async function readForPlan(
  client: GraphClient,
  scripts: readonly ScriptRef[],
  groupIds: readonly string[],
  options: SendOptions = {},
): Promise<ReadForPlan> {
  const scopesOf = (family: FamilyId): readonly string[] => tierScopes[familyOf(family).writeTier];
  const [first] = scripts;
  const groupScopes = first ? scopesOf(first.family) : tierScopes.browse;
  const baseRequests = scripts.map(script => assignmentsRequest(script, scopesOf(script.family)));
  const remediations = scripts.filter(({ family }) => familyOf(family).supports.schedule);
  const contentRequests = remediations.map((script): GraphRequest => ({ path: scriptPath(script), scopes: scopesOf(script.family) }));
  const countRequests = groupIds.flatMap(id => reachRequests(id, groupScopes));

  const answers = await client.sendAll([...baseRequests, ...contentRequests, ...countRequests], options);
  const contents = answers.slice(baseRequests.length, baseRequests.length + contentRequests.length);
  const counts = answers.slice(baseRequests.length + contentRequests.length);

  const bases = await Promise.all(
    baseRequests.map(async (request, index): Promise<Outcome<readonly Assignment[]>> => {
      const answer = answers[index];
      if (!answer) throw new RangeError('An answer is missing.');
      return answer.ok ? settle(() => assignmentsOfAnswer(client, request, answer.value.body, options)) : answer;
    }),
  );
  return {
    bases: new Map(scripts.flatMap((script, index) => pair(scriptKey(script), bases[index]))),
    remediationContent: new Map(remediations.flatMap((script, index) => pair(scriptKey(script), hasRemediation(contents[index])))),
    reach: new Map(groupIds.map((id, index) => [id, reachOf(counts.slice(2 * index, 2 * index + 2))])),
  };
}

const pair = <T>(key: string, value: T | undefined): readonly (readonly [string, T])[] => (value === undefined ? [] : [[key, value]]);
