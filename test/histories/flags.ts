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

/** What our journal wrote last, by recipient with and without filter; of whom a later set did not reach, nothing. */
function lastWritten(records: readonly JournalRecord[], scriptId: string): ReadonlyMap<string, boolean> {
  const starts = new Map(
    records.flatMap(record => (record.type === 'start' && record.script.id === scriptId ? [[record.id, record]] : [])),
  );
  const recipients = (rows: readonly unknown[]): ReadonlySet<string> => new Set(rows.flatMap(row => flagOf(row).keys.slice(1)));
  let written = new Map<string, boolean>();
  for (const record of records) {
    if (record.type === 'start' && starts.has(record.id)) {
      const there = recipients(record.before);
      written = new Map([...written].filter(([key]) => there.has(key.split(' / ')[0] ?? '')));
    }
    const start = record.type === 'end' && isDone(record) ? starts.get(record.id) : undefined;
    if (record.type !== 'end' || !start) continue;
    const before = recipients(start.before);
    if (!record.additive) written = new Map();
    for (const { keys, flag } of start.after.map(flagOf)) {
      if (flag === undefined || (record.additive && keys.some(key => before.has(key)))) continue;
      for (const key of keys) written.set(key, flag);
    }
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
