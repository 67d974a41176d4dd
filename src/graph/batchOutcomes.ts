import { answerError } from './answerError.ts';
import { type InnerAnswer, readBatch } from './batchBody.ts';
import { GraphError, type GraphErrorKind } from './errors.ts';
import { failed, type Outcome, succeeded } from './outcome.ts';
import { type GraphAnswer, type GraphRequest, methodOf, pathOf } from './request.ts';

export interface BatchContext {
  readonly clientRequestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const missing = (request: GraphRequest, clientRequestId: string): GraphError =>
  new GraphError({
    kind: 'badAnswer',
    message: 'The answer to several requests does not have exactly one to this request.',
    request: { method: methodOf(request), path: pathOf(request) },
    clientRequestId,
    sent: 'unknown',
  });

const outcomeOf = (
  request: GraphRequest,
  answer: InnerAnswer | undefined,
  { clientRequestId, now }: BatchContext,
): Outcome<GraphAnswer> => {
  if (answer === undefined) return failed(missing(request, clientRequestId));
  if (answer.status >= 200 && answer.status < 300) return succeeded(answer);
  return failed(answerError({ ...answer, request: { method: methodOf(request), path: pathOf(request) }, clientRequestId, now }));
};

/** The outcome of each request of a $batch, in their order, by the body of its answer. */
export function batchOutcomes(requests: readonly GraphRequest[], body: unknown, context: BatchContext): readonly Outcome<GraphAnswer>[] {
  const answers = readBatch(body);
  return requests.map((request, index) => outcomeOf(request, answers.get(index), context));
}

/** What the service says of what a request is about. Of a whole $batch, it says nothing of what is in it. */
const aboutAnObject: ReadonlySet<GraphErrorKind> = new Set(['notFound', 'conflict', 'noRoute', 'approval']);

/** The error of a whole $batch as that of one of its requests. */
export function asInner(error: GraphError, request: GraphRequest): GraphError {
  const kind = aboutAnObject.has(error.kind) ? 'badRequest' : error.kind;
  return new GraphError({
    ...error,
    kind,
    message: error.message,
    cause: error,
    request: { method: methodOf(request), path: pathOf(request) },
  });
}
