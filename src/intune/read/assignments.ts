import { isRecord, type Wire } from '../../base/canonicalJson.ts';
import { type GraphClient, GraphError, type GraphRequest, type Outcome, type Scopes, type SendOptions } from '../../graph/client.ts';
import { type Assignment, assignmentFromWire, sameAssignments, UnreadableAssignment } from '../model/assignment.ts';
import { type ScriptRef, scriptPath } from '../model/script.ts';

/** The request for the first page of a script's own assignments. */
export const assignmentsRequest = (script: Pick<ScriptRef, 'family' | 'id'>, scopes: Scopes): GraphRequest => ({
  path: `${scriptPath(script)}/assignments`,
  scopes,
});

/** Outside data that cannot be understood, as the one error that callers know; any other error as it is. */
export function unreadable(request: Pick<GraphRequest, 'path'>, error: unknown): unknown {
  if (!(error instanceof UnreadableAssignment)) return error;
  return new GraphError({ kind: 'badAnswer', message: error.message, request: { method: 'GET', path: request.path }, cause: error });
}

/** Whether a number is one that could not be held as it came: the client reads it as NaN. */
const isRounded = (value: unknown): boolean =>
  typeof value === 'number'
    ? !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))
    : typeof value === 'object' && value !== null && Object.values(value).some(isRounded);

/** A row that is written back as it was read, or not at all. */
function exactly(row: unknown): Assignment {
  const assignment = assignmentFromWire(row);
  if (isRounded(row)) throw new UnreadableAssignment('An assignment has a number that could not be written back as it is.');
  return assignment;
}

function understand(request: GraphRequest, rows: readonly unknown[]): readonly Assignment[] {
  try {
    return rows.map(exactly);
  } catch (error) {
    throw unreadable(request, error);
  }
}

/** All assignments of a script, all pages and every row, or a `GraphError`: never a part. */
export async function readAssignments(
  client: GraphClient,
  script: Pick<ScriptRef, 'family' | 'id'>,
  scopes: Scopes,
  options: SendOptions = {},
): Promise<readonly Assignment[]> {
  const [outcome] = await readManyAssignments(client, [script], scopes, options);
  if (!outcome) throw new RangeError('An answer is missing.');
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

/** Reads of a set of several pages that differ each from the one before, after which it is given up. */
const mostReads = 5;

/**
 * Pages are no snapshot: where somebody takes a row away between two of them, another row moves over the edge of a page that was read
 * already, and is in none. So a set of several pages counts once two reads in a row are the same.
 *
 * @throws GraphError `conflict` where it keeps changing.
 */
async function readUntilSame(
  client: GraphClient,
  request: GraphRequest,
  first: readonly Assignment[],
  options: SendOptions,
): Promise<readonly Assignment[]> {
  let before = first;
  for (let n = 1; n < mostReads; n += 1) {
    const now = understand(request, await client.list(request, options));
    if (sameAssignments(now, before)) return now;
    before = now;
  }
  const message = 'The assignments changed each time they were read.';
  throw new GraphError({ kind: 'conflict', message, request: { method: 'GET', path: request.path }, sent: 'yes' });
}

/** What a first page says: all rows, or some of them and where the next page is. */
function firstPage(request: GraphRequest, body: unknown): { readonly rows: readonly unknown[]; readonly next: string | undefined } {
  const page: Wire = isRecord(body) ? body : {};
  const { value: rows, '@odata.nextLink': next = null } = page;
  if (!Array.isArray(rows)) {
    throw new GraphError({
      kind: 'badAnswer',
      message: 'The answer has no list of assignments.',
      request: { method: 'GET', path: request.path },
    });
  }
  if (next === null) return { rows, next: undefined };
  if (typeof next !== 'string' || next === '')
    throw unreadable(request, new UnreadableAssignment('The link to the next page cannot be read.'));
  return { rows, next };
}

/** The rows of a first page that came with other answers in a `$batch`; further pages are followed, and read twice. */
export async function assignmentsOfAnswer(
  client: GraphClient,
  request: GraphRequest,
  body: unknown,
  options: SendOptions = {},
): Promise<readonly Assignment[]> {
  const { rows, next } = firstPage(request, body);
  if (next === undefined) return understand(request, rows);
  const first = understand(request, [...rows, ...(await client.list({ path: next, scopes: request.scopes }, options))]);
  return readUntilSame(client, request, first, options);
}

type Understand<T> = (request: GraphRequest, body: unknown) => Promise<T>;

async function readMany<T>(
  client: GraphClient,
  scripts: readonly Pick<ScriptRef, 'family' | 'id'>[],
  scopes: Scopes,
  options: SendOptions,
  understandAnswer: Understand<T>,
): Promise<readonly Outcome<T>[]> {
  const requests = scripts.map(script => assignmentsRequest(script, scopes));
  const answers = await client.sendAll(requests, options);
  return Promise.all(
    requests.map(async (request, index): Promise<Outcome<T>> => {
      const answer = answers[index];
      if (!answer) throw new RangeError('An answer is missing.');
      if (!answer.ok) return answer;
      return settle(() => understandAnswer(request, answer.value.body));
    }),
  );
}

/** The assignments of many scripts, each with its own outcome, by as few requests as possible. */
export const readManyAssignments = (
  client: GraphClient,
  scripts: readonly Pick<ScriptRef, 'family' | 'id'>[],
  scopes: Scopes,
  options: SendOptions = {},
): Promise<readonly Outcome<readonly Assignment[]>[]> =>
  readMany(client, scripts, scopes, options, (request, body) => assignmentsOfAnswer(client, request, body, options));

/** The same in one round trip: a set of several pages is `undefined`, and left to be read alone. */
export const readManyOfOnePage = (
  client: GraphClient,
  scripts: readonly Pick<ScriptRef, 'family' | 'id'>[],
  scopes: Scopes,
  options: SendOptions = {},
): Promise<readonly Outcome<readonly Assignment[] | undefined>[]> =>
  readMany(client, scripts, scopes, options, async (request, body) => {
    const { rows, next } = firstPage(request, body);
    return next === undefined ? understand(request, rows) : undefined;
  });

/** A `GraphError` as an outcome; anything else (cancellation, a defect) stays an exception. */
export async function settle<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof GraphError) return { ok: false, error };
    throw error;
  }
}
