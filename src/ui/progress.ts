import { ProgressLocation, window } from 'vscode';
import type { Clock } from '../base/clock.ts';
import { views } from '../manifest.ts';
import { plainText, withoutLinks } from './plainText.ts';

/** Shows VS Code's own progress bar in a view, the Scripts view if no other is named, while something is read. */
export const withViewProgress = async <Value>(work: () => Promise<Value>, viewId: string = views.scripts): Promise<Value> =>
  window.withProgress({ location: { viewId } }, work);

/** Milliseconds in which nobody looks for a way out yet; a notification that is gone at once would only flicker. */
const patience = 1_000;

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Shows VS Code's own progress bar in the Scripts view while something is read, and after a second a notification that can cancel it.
 * Undefined when the user does that.
 */
export async function withCancellableProgress<Value>(
  title: string,
  clock: Clock,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | undefined> {
  const cancelled = new AbortController();
  const ended = new AbortController();
  const options = { location: ProgressLocation.Notification, cancellable: true, title: withoutLinks(plainText(title)) };
  const show = (): Thenable<void> =>
    window.withProgress(options, (_, token) => {
      token.onCancellationRequested(() => cancelled.abort());
      return untilAborted(ended.signal);
    });
  // The sleep is rejected only where the work was quicker.
  const shown = clock.sleep(patience, ended.signal).then(show, () => undefined);
  try {
    const value = await withViewProgress(() => work(cancelled.signal));
    return cancelled.signal.aborted ? undefined : value;
  } catch (error) {
    // Whatever is said of it.
    if (cancelled.signal.aborted) return undefined;
    throw error;
  } finally {
    ended.abort();
    await shown;
  }
}
