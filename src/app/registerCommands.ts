import { Disposable, commands as vscodeCommands } from 'vscode';
import { commands } from '../manifest.ts';
import { isCancelled } from '../ui/errorText.ts';
import { showError } from '../ui/notifications.ts';

type CommandName = keyof typeof commands;
type Handler = (...args: readonly unknown[]) => Promise<void>;

/** The one runner: an error that reaches it is logged and told, a cancellation is neither. */
export async function runHandler<Args extends readonly unknown[]>(
  handler: (...args: Args) => Promise<void>,
  args: Args,
  log: { error(error: unknown): void },
): Promise<void> {
  try {
    await handler(...args);
  } catch (error) {
    if (isCancelled(error)) return;
    log.error(error);
    // Not awaited: the command has ended, whenever the notification is closed.
    void showError(error);
  }
}

/** Registers a handler for every command of the manifest. */
export function registerCommands(handlers: Readonly<Record<CommandName, Handler>>, log: { error(error: unknown): void }): Disposable {
  const names = Object.keys(commands) as CommandName[];
  return Disposable.from(
    ...names.map(name =>
      vscodeCommands.registerCommand(commands[name], (...args: readonly unknown[]) => runHandler(handlers[name], args, log)),
    ),
  );
}
