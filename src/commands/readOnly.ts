import { l10n } from 'vscode';
import type { Connection } from '../intune/read/connection.ts';
import { tenantTitle } from '../views/connectionWords.ts';
import { say } from '../views/say.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Does work whose signal aborts where nothing may be written in a tenant any more, by now or meanwhile: see {@link notWritable}. */
export async function whileWritable<Value>(
  parts: Pick<WriteCommandParts, 'settings' | 'connection' | 'onDidChangeWritable'>,
  connection: Connection,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const stop = (): void => {
    if (notWritable(parts, connection) !== undefined) controller.abort();
  };
  const subscription = parts.onDidChangeWritable(stop);
  stop();
  try {
    return await work(controller.signal);
  } finally {
    subscription.dispose();
  }
}

/** Whether nothing may be changed, after words that say so. Asked before anything is picked, read or written: the setting may change between. */
export function refusesAsReadOnly({ settings }: Pick<WriteCommandParts, 'settings'>): boolean {
  const { readOnly } = settings();
  if (readOnly) void say(l10n.t('Intune Scripts is set to read only.'));
  return readOnly;
}

/**
 * Why nothing may be written in a tenant any more; undefined while it may. Asked after each question, for much can have become of the window
 * while one stood.
 */
export function notWritable(
  { settings, connection: current }: Pick<WriteCommandParts, 'settings' | 'connection'>,
  connection: Connection,
): string | undefined {
  if (settings().readOnly) return l10n.t('Intune Scripts is set to read only. Nothing was written.');
  if (current()?.key === connection.key) return undefined;
  return l10n.t('This is for {0}, and another tenant or account is shown now. Nothing was written.', tenantTitle(connection));
}
