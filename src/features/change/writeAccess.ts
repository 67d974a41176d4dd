import { l10n } from 'vscode';
import { type ConnectionParts, requireScripts } from '../../app/connection.ts';
import { resolveScripts } from '../../app/selection.ts';
import type { Clock } from '../../base/clock.ts';
import type { SharedJournal } from '../../intune/journal/journal.ts';
import { familyOf, type Tier } from '../../intune/model/families.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import type { TargetKind } from '../../intune/model/target.ts';
import { supportsTarget } from '../../intune/plan/addTargets.ts';
import type { Connection } from '../../intune/read/connection.ts';
import type { WriteMethod } from '../../intune/write/route.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { tenantTitle } from '../../ui/format/names.ts';
import type { Node } from '../../ui/nodes.ts';
import { say } from '../../ui/notifications.ts';
import type { PickMany } from '../../ui/quickPick.ts';
import type { Questions } from '../../ui/schedulePicker.ts';
import { pickScripts } from '../../ui/scriptPicker.ts';
import type { PlanDocuments } from './planDocuments.ts';

/** What is needed to get from a command's arguments to scripts that can be written. */
export interface WriteAccessParts extends WriteCommandParts, ConnectionParts {
  readonly connection: () => Connection | undefined;
  readonly selectedNodes: () => readonly Node[];
  readonly pickMany: PickMany;
  /** Sees to it that a tier can be written with, and says why not. */
  readonly ensureTier: (tier: Tier) => Promise<boolean>;
}

/** The connection to write in, or undefined after words: read only, not signed in, nothing there. */
export async function requireWritable(parts: WriteAccessParts): Promise<Connection | undefined> {
  return refusesAsReadOnly(parts) ? undefined : requireScripts(parts);
}

/** Permission to write is there before anything is picked, so that nobody picks in vain. */
export async function ensureWriteTiers(parts: WriteAccessParts, scripts: readonly Pick<Script, 'family'>[]): Promise<boolean> {
  for (const tier of new Set(scripts.map(({ family }) => familyOf(family).writeTier))) {
    if (!(await parts.ensureTier(tier))) return false;
  }
  return true;
}

/** Compliance scripts belong to a policy; the user is told, and the others go on. */
export function assignable({ say }: WriteAccessParts, scripts: readonly Script[]): readonly Script[] {
  const some = scripts.filter(({ family }) => familyOf(family).assignKey !== undefined);
  if (some.length < scripts.length) {
    void say(
      l10n.t(
        'Custom compliance scripts are assigned through their compliance policy, so {0} cannot be assigned here.',
        scriptCount(scripts.length - some.length),
      ),
    );
  }
  return some;
}

/** The scripts that can be assigned to targets of this kind; the others are left out, with words. */
export function supporting({ say }: WriteAccessParts, scripts: readonly Script[], kind: TargetKind): readonly Script[] {
  const some = scripts.filter(script => supportsTarget(script, kind));
  const left = scripts.length - some.length;
  if (left > 0) void say(l10n.t('{0} cannot be assigned like this and will not be changed.', scriptCount(left)));
  return some;
}

/** Anybody can call a command with rows of their own making; only what the inventory has is taken, by its own name. */
export function inView({ inventory }: Connection, scripts: readonly Script[] | undefined): readonly Script[] | undefined {
  if (!scripts) return undefined;
  const keys = new Set(scripts.map(scriptKey));
  const known = inventory.scripts().filter(script => keys.has(scriptKey(script)));
  return known.length > 0 ? known : undefined;
}

/** The scripts of the rows, or those that the user picks, as far as they can be assigned and written; else undefined, after words. */
export async function writableScripts(
  parts: WriteAccessParts,
  connection: Connection,
  args: readonly unknown[],
  title: string,
): Promise<readonly Script[] | undefined> {
  const resolved = inView(connection, resolveScripts(args, parts.selectedNodes));
  const picked = resolved ?? (await pickScripts(parts, connection.inventory, { title, assignableOnly: true }));
  const scripts = assignable(parts, picked ?? []);
  return scripts.length > 0 && (await ensureWriteTiers(parts, scripts)) ? scripts : undefined;
}

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

/** What every command that writes is made of. */
export interface WriteCommandParts extends Questions {
  /** The connection of now; undefined while signed out. */
  readonly connection: () => Connection | undefined;
  readonly journal: (connection: Connection) => SharedJournal;
  readonly settings: () => {
    readonly readOnly: boolean;
    readonly confirmAbove: number;
    readonly protectedGroups: readonly string[];
    readonly protectedGroupsUnclear: boolean;
    readonly writeMethod: WriteMethod;
    readonly alwaysShowPlan: boolean;
  };
  /** Comes after each change of the settings, and of the connection: whoever signs out, or goes to another tenant, wants nothing written any more. */
  readonly onDidChangeWritable: (listener: () => void) => { dispose(): void };
  readonly documents: PlanDocuments;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Gets what goes wrong beside the main thing, and the outcome of each script. */
  readonly log: { info(line: string): void; error(error: unknown): void };
  readonly showLog: () => void;
  /** Takes back a change that has just been made, by its id. */
  readonly undo: (connection: Connection, changeId: string) => Promise<void>;
}
