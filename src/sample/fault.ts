/** What goes wrong with a request. */
export type FaultEffect =
  /** An error as the service writes it; JSON text in the message for Intune's routes. 500, 503, 504, 404 and the like. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** 429. Retry-After in seconds as it shall stand in the header; none without. */
  | { readonly kind: 'throttle'; readonly retryAfter?: string }
  /** 401, with a claims challenge if there are claims (JSON text, sent as base64). */
  | { readonly kind: 'unauthorized'; readonly claims?: string }
  /** 403 in one of the service's forms. */
  | { readonly kind: 'forbidden'; readonly reason: 'scope' | 'role' | 'scopeGroups' | 'user' }
  /** The connection is lost: `handle` rejects with a TypeError, a batch is lost as a whole. */
  | { readonly kind: 'drop' }
  /** A page of a gateway instead of JSON. */
  | { readonly kind: 'html'; readonly status: number }
  /** A success of something between us and Microsoft Graph, such as a portal of the network: 200 with JSON, without a `request-id`. */
  | { readonly kind: 'foreign' }
  /** The answer to a write that was done, and it was not: the service takes it, and loses it. */
  | { readonly kind: 'lose' }
  /** The first half of the true answer's JSON. */
  | { readonly kind: 'truncate' }
  /** The true answer, later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The true answer, when `until` resolves. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> };

/** A fault and when it strikes. `truncate` is always after, `delay` and `hold` are at the point. */
export type Fault = FaultEffect & {
  /** The requests that it strikes, by method and path with query (`/beta/groups?$top=5`); all without. Sees the `$batch` and each request in it. */
  readonly match?: (method: string, path: string) => boolean;
  /** How many requests it strikes, 1 if not given. */
  readonly times?: number;
  /** How many matching requests pass first, 0 if not given. */
  readonly skip?: number;
  /** Before the request has any effect, or after it took effect. Before if not given. */
  readonly point?: 'before' | 'after';
};
