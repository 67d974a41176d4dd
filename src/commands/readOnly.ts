import { l10n } from 'vscode';
import { say } from '../views/say.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Does work whose signal aborts when Intune Scripts is set to read only meanwhile. */
export async function whileWritable<Value>(
  { settings, onDidChangeSettings }: Pick<WriteCommandParts, 'settings' | 'onDidChangeSettings'>,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  const subscription = onDidChangeSettings(() => {
    if (settings().readOnly) controller.abort();
  });
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
