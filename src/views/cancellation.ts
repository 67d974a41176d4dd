const names: ReadonlySet<string> = new Set(['AbortError', 'Canceled', 'CancellationError']);

/** Whether somebody called it off: an aborted signal, or VS Code's `CancellationError`. Also what failed because of that. */
export function isCancelled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return names.has(error.name) || isCancelled(error.cause);
}
