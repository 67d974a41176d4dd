import { window } from 'vscode';

/** A progress that can be cancelled, while it is open and after. */
export interface ShownNotification {
  readonly title: string;
  readonly messages: string[];
  open: boolean;
  cancel(): void;
}

interface ProgressOptions {
  readonly title?: string;
  readonly cancellable?: boolean;
}

type Work = (
  progress: { readonly report: (told: { readonly message?: string }) => void },
  token: { readonly onCancellationRequested: (listener: () => void) => { dispose(): void } },
) => PromiseLike<unknown>;

/** Has progress shown to nobody. Gets each notification that can be cancelled as it opens, and each time that it says something. */
export function showNotifications(told: (notification: ShownNotification) => void): readonly ShownNotification[] {
  const shown: ShownNotification[] = [];
  Object.assign(window, {
    withProgress: async ({ title = '', cancellable = false }: ProgressOptions, work: Work) => {
      let cancel = (): void => undefined;
      const notification: ShownNotification = { title, messages: [], open: true, cancel: () => cancel() };
      const tell = (): void => {
        if (cancellable) told(notification);
      };
      const report = ({ message = '' }): void => {
        notification.messages.push(message);
        tell();
      };
      const onCancellationRequested = (listener: () => void) => {
        cancel = listener;
        return { dispose: () => undefined };
      };
      if (cancellable) shown.push(notification);
      const ended = work({ report }, { onCancellationRequested });
      tell();
      try {
        return await ended;
      } finally {
        notification.open = false;
      }
    },
  });
  return shown;
}
