// Which `runRemediationScript` a row may be written with: the service reads back false whatever was written.
import type { JournalRecord } from '../../src/intune/journal.ts';
import type { SampleScript, StoredRow } from '../../src/sample/index.ts';
import { isObject, type Json, stringAt } from '../../src/sample/wire/json.ts';
import { keysOf } from './spelling.ts';
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

/** What our journal wrote last, by recipient with and without filter. Of a write that only added a row, only that row was written. */
function lastWritten(records: readonly JournalRecord[], scriptId: string): ReadonlyMap<string, boolean> {
  const written = new Map<string, boolean>();
  for (const record of records) {
    if (record.type !== 'start' || record.script.id !== scriptId) continue;
    const end = records.findLast(other => other.type === 'end' && other.id === record.id);
    if (end?.type !== 'end' || !isDone(end)) continue;
    const before = new Set(record.before.flatMap(row => flagOf(row).keys.slice(1)));
    const sent = record.after.map(flagOf).filter(({ keys }) => !end.additive || !keys.some(key => before.has(key)));
    // What was written before of a row with another filter is of no row any more.
    const recipients = new Set(sent.map(({ keys }) => keys.at(-1)));
    for (const key of [...written.keys()]) if (recipients.has(key.split(' / ')[0])) written.delete(key);
    for (const { keys, flag } of sent) if (flag !== undefined) for (const key of keys) written.set(key, flag);
  }
  return written;
}

/**
 * In this order: a package without a remediation script only detects; what was explicitly wished; true where the service says true, for somebody
 * may have changed it since our write; what our journal wrote last; what the user chose; true, which the review says. Where faults strike, the
 * content may not have been read.
 */
export function flagsOf(
  world: World,
  script: SampleScript,
  faulty: boolean,
): (row: StoredRow, said: boolean | undefined) => ReadonlySet<boolean> {
  const written = lastWritten(world.disk.records, script.id);
  const remediates = stringAt(script.entity, 'remediationScriptContent') !== '';
  const choice = world.parts.memory.get(`remediates/${script.family}/${script.id}`);
  const saysTrue = !world.tenant.behavior.remediationReadsFalse;
  return (row, said) => {
    const assumed = typeof choice === 'boolean' ? choice : true;
    const shown = saysTrue && row.runRemediationScript;
    const [exact, inAnyFilter] = keysOf(row);
    const known = said ?? (shown || (written.get(exact) ?? written.get(inAnyFilter) ?? assumed));
    return new Set(remediates ? [known] : faulty ? [false, known] : [false]);
  };
}
