import { type Disposable, window } from 'vscode';
import { GraphError } from '../graph/errors.ts';
import type { RequestLogEntry } from '../graph/log.ts';
import { redact } from './redact.ts';

/** The output channel of the extension. Nothing secret reaches it: what is logged is chosen, and redacted besides. */
export interface Log extends Disposable {
  info(line: string): void;
  error(error: unknown): void;
  request(entry: RequestLogEntry): void;
  show(): void;
}

/** The causes of an error may hold addresses with queries, so only Graph's own reason is told, and the names of other errors' causes. */
function errorLine(error: unknown): string {
  if (!(error instanceof GraphError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { kind, status, message, request, requestId } = error;
  return `${request.method} ${request.path} ${kind} ${status ?? ''} ${message} ${requestId ?? ''}`.replace(/\s+/g, ' ');
}

/** Controls that a terminal would obey, and characters that are not seen. */
const unseen = /[^\P{Cc}\n\t]|\p{Cf}/gu;

const clean = (text: string): string => redact(text).replace(unseen, '\uFFFD');

export function createLog(): Log {
  const channel = window.createOutputChannel('Intune Scripts', { log: true });
  // Else the log is empty as long as all goes well, which looks like a log that does not work.
  channel.info('Requests to Microsoft Graph are shown here at the log level Debug.');
  return {
    info: line => channel.info(clean(line)),
    error: error => channel.error(clean(errorLine(error))),
    request: ({ method, path, status, kind, requestId, clientRequestId, durationMs, inBatch }) =>
      channel.debug(
        clean(
          `${inBatch ? '  ' : ''}${method} ${path} ${status ?? kind ?? ''} ${Math.round(durationMs)} ms client-request-id=${clientRequestId}${requestId ? ` request-id=${requestId}` : ''}`,
        ),
      ),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}
