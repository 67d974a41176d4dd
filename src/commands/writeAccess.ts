import { l10n } from 'vscode';
import type { Tier } from '../intune/model/families.ts';
import { familyOf } from '../intune/model/families.ts';
import { type Script, scriptKey } from '../intune/model/script.ts';
import type { TargetKind } from '../intune/model/target.ts';
import { supportsTarget } from '../intune/plan/addTargets.ts';
import type { Connection } from '../intune/read/connection.ts';
import type { Node } from '../views/nodes.ts';
import type { PickMany } from '../views/scriptPicker/pickRow.ts';
import { scriptCount } from '../views/words/count.ts';
import { pickScripts } from './pickScripts.ts';
import { refusesAsReadOnly } from './readOnly.ts';
import { type ConnectionParts, requireScripts } from './requireConnection.ts';
import { resolveScripts } from './selection.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

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
