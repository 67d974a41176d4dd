import type { GraphAnswer, GraphClient, GraphRequest, Outcome, Scopes, SendOptions } from '../graph/client.ts';
import { urlPart } from '../graph/request.ts';
import { tierScopes } from './permissions.ts';

/** Asks whether a group is there. In beta, so that it goes in one `$batch` with requests for scripts. */
export const groupRequest = (groupId: string, scopes: Scopes): GraphRequest => ({
  path: `/beta/groups/${urlPart(groupId)}?$select=id`,
  scopes,
});

/** Only a 404 to its own request says that a group is deleted; any other failure says nothing of it. */
export const isGone = (answer: Outcome<GraphAnswer> | undefined): boolean => answer?.ok === false && answer.error.kind === 'notFound';

/** Those of these groups that are deleted now. */
export async function readGoneGroups(client: GraphClient, ids: readonly string[], options: SendOptions = {}): Promise<readonly string[]> {
  const answers = await client.sendAll(
    ids.map(id => groupRequest(id, tierScopes.browse)),
    options,
  );
  return ids.filter((_, index) => isGone(answers[index]));
}
