/** Permissions by their full names without the host, e.g. `DeviceManagementScripts.Read.All`; the client puts the cloud's Graph before them. */
export type Scopes = readonly string[];

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One request to Microsoft Graph. */
export interface GraphRequest {
  /** `GET` if missing. */
  readonly method?: Method;
  /** The path with its version and query, e.g. `/beta/deviceManagement/deviceShellScripts?$top=100`, or an absolute nextLink. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; nothing is sent for undefined. */
  readonly body?: unknown;
  /** The permissions that the token for this request is asked for. */
  readonly scopes: Scopes;
  /** Marks a request that changes nothing although it is no `GET`, such as `getByIds`, so that it is retried like a read. */
  readonly idempotent?: true;
}

/** An answer with a status of 200 to 299. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** What came as JSON, parsed; a string for text/plain, such as the answer of `$count`; undefined when nothing came. */
  readonly body: unknown;
}

export interface SendOptions {
  /**
   * Ends waiting: the call rejects with the signal's reason. A write that is already on its way is not interrupted,
   * for that would only lose its answer.
   */
  readonly signal?: AbortSignal;
  /** A read goes out once, as a write does: a wait for another try would make what others were answered old. */
  readonly once?: boolean;
}

/** The method of a request. */
export const methodOf = (request: GraphRequest): Method => request.method ?? 'GET';

/** Whether a request changes nothing, so that it may be sent again. */
export const isRead = (request: GraphRequest): boolean => methodOf(request) === 'GET' || request.idempotent === true;

/** The path without query and origin, and so without the user name and password of one, as errors and the log show it. */
export function pathOf({ path }: GraphRequest): string {
  const pathname = URL.parse(path, 'https://graph.invalid')?.pathname ?? '';
  return pathname.startsWith('/') ? pathname : '/';
}

/** Any text as a part of an address; what is no text, half of a surrogate pair, as the sign for that. `encodeURIComponent` throws for it. */
export const urlPart = (text: string): string => encodeURIComponent(text.toWellFormed());
