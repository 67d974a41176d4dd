/** What sends a request and resolves to its answer; `globalThis.fetch`, the transport of the host and the sample tenant fit. */
export type Fetch = (request: Request) => Promise<Response>;
