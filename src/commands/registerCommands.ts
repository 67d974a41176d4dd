import { Disposable, l10n, commands as vscodeCommands, window } from 'vscode';
import { commands } from '../contract.ts';
import { errorWords } from '../views/errorWords.ts';
import { withoutLinks } from '../views/plainText.ts';

type CommandName = keyof typeof commands;
type Handler = (...args: readonly unknown[]) => Promise<void>;

/** The one runner: an error that reaches it is logged and told, a cancellation is neither. */
async function run(handler: Handler, args: readonly unknown[], log: { error(error: unknown): void; show(): void }): Promise<void> {
  try {
    await handler(...args);
  } catch (error) {
    const words = errorWords(error, '');
    if (!words) return;
    log.error(error);
    const showLog = l10n.t('Show Log');
    // Not awaited: the command has ended, whenever the notification is closed.
    void window.showErrorMessage(withoutLinks(words.message), showLog).then(chosen => chosen === showLog && log.show());
  }
}

/** Registers a handler for every command of the contract. */
export function registerCommands(
  handlers: Readonly<Record<CommandName, Handler>>,
  log: { error(error: unknown): void; show(): void },
): Disposable {
  const names = Object.keys(commands) as CommandName[];
  return Disposable.from(
    ...names.map(name => vscodeCommands.registerCommand(commands[name], (...args: readonly unknown[]) => run(handlers[name], args, log))),
  );
}
