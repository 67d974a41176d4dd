// Which `runRemediationScript` a row may be written with: the service reads back false whatever was written.
import type { JournalRecord } from '../../src/intune/journal.ts';
import type { SampleScript } from '../../src/sample/index.ts';
import { isObject, type Json, stringAt } from '../../src/sample/wire/json.ts';
import { keysOf } from './spelling.ts';
import type { FlagsOf } from './verdict.ts';
import type { World } from './world.ts';

const isDone = (record: JournalRecord): boolean =>
  record.type === 'end' && (record.outcome === 'written' || record.outcome === 'changedAfter');

/** The keys and the flag of a row of the journal. */
function flagOf(row: unknown): { readonly keys: readonly string[]; readonly flag: boolean | undefined } {
  const wire: Json = JSON.parse(JSON.stringify(row));
  const target = isObject(wire) ? wire['target'] : undefined;
  const flag = isObject(wire) ? wire['runRemediationScript'] : undefined;
  return { keys: isObject(target) ? keysOf({ target }) : [], flag: typeof flag === 'boolean' ? flag : undefined };
}

/**
 * What our journal wrote last, by recipient with and without filter; of whom a later set did not reach, nothing. Writes were made in the order
 * of their starts, whenever it was known what became of them.
 */
function lastWritten(records: readonly JournalRecord[], scriptId: string): ReadonlyMap<string, boolean> {
  const keysIn = (rows: readonly unknown[], at: 0 | 1): ReadonlySet<string> => new Set(rows.map(row => flagOf(row).keys[at] ?? ''));
  let written = new Map<string, boolean>();
  for (const start of records) {
    if (start.type !== 'start' || start.script.id !== scriptId) continue;
    const there = keysIn(start.before, 1);
    written = new Map([...written].filter(([key]) => there.has(key.split(' / ')[0] ?? '')));
    const ends = records.filter(record => record.type === 'end' && record.id === start.id);
    if (!ends.some(isDone)) continue;
    const additive = ends.some(end => end.type === 'end' && end.additive);
    if (!additive) written = new Map();
    const kept = keysIn(additive ? start.before : [], 0);
    for (const { keys, flag } of start.after.map(flagOf)) {
      if (flag !== undefined && !kept.has(keys[0] ?? '')) for (const key of keys) written.set(key, flag);
    }
  }
  return written;
}

/**
 * In this order: a package without a remediation script only detects; what was explicitly wished; true where the service says true, for somebody
 * may have changed it since our write; of a row that is there, what our journal wrote last; what the user chose; true, which the review says. Where faults strike, the
 * content may not have been read.
 */
export function flagsOf(world: World, script: SampleScript, faulty: boolean): FlagsOf {
  const written = lastWritten(world.disk.records, script.id);
  const remediates = stringAt(script.entity, 'remediationScriptContent') !== '';
  const choice = world.parts.memory.get(`remediates/${script.family}/${script.id}`);
  const saysTrue = !world.tenant.behavior.remediationReadsFalse;
  return (row, said, isNew) => {
    const assumed = typeof choice === 'boolean' ? choice : true;
    const shown = saysTrue && row.runRemediationScript;
    const [exact, inAnyFilter] = keysOf(row);
    const last = isNew ? undefined : (written.get(exact) ?? written.get(inAnyFilter));
    const known = said ?? (shown || (last ?? assumed));
    return new Set(remediates ? [known] : faulty ? [false, known] : [false]);
  };
}
