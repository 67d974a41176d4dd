import { families } from '../../intune/families.ts';
import { type Script, scriptKey } from '../../intune/script.ts';
import { sortByName } from '../sortByName.ts';
import { assignedWords } from '../words/assigned.ts';
import { familyName } from '../words/family.ts';
import { shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import type { PickRow } from './pickRow.ts';

/** Names that more than one of these scripts has. */
function repeatedIn(scripts: readonly Script[]): ReadonlySet<string> {
  const names = scripts.map(scriptLabel);
  const seen = new Set<string>();
  return new Set(names.filter(name => seen.has(name) || !seen.add(name)));
}

/** Rows of scripts, by family, each family under its name. `picked` are script keys. */
export function scriptRows(scripts: readonly Script[], picked: ReadonlySet<string> = new Set()): readonly PickRow<Script>[] {
  return families.flatMap(({ id }): readonly PickRow<Script>[] => {
    const own = scripts.filter(({ family }) => family === id);
    const repeated = repeatedIn(own);
    const rows = sortByName(own, scriptLabel, scriptKey).map((script): PickRow<Script> => {
      const label = scriptLabel(script);
      return {
        kind: 'choice',
        label,
        description: inOneLine([repeated.has(label) ? shortId(script.id) : undefined, familyName(id), assignedWords(script)]),
        value: script,
        picked: picked.has(scriptKey(script)),
      };
    });
    return rows.length > 0 ? [{ kind: 'separator', label: familyName(id) }, ...rows] : [];
  });
}
