import { families } from '../../intune/model/families.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import { namesakes } from '../namesakes.ts';
import { sortByName } from '../sortByName.ts';
import { assignedWords } from '../words/assigned.ts';
import { familyName } from '../words/family.ts';
import { shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import type { PickRow } from './pickRow.ts';

/** Rows of scripts, by family, each family under its name. `picked` are script keys. */
export function scriptRows(scripts: readonly Script[], picked: ReadonlySet<string> = new Set()): readonly PickRow<Script>[] {
  const unclear = namesakes(scripts);
  return families.flatMap(({ id }): readonly PickRow<Script>[] => {
    const own = scripts.filter(({ family }) => family === id);
    const rows = sortByName(own, scriptLabel, scriptKey).map((script): PickRow<Script> => {
      const label = scriptLabel(script);
      return {
        kind: 'choice',
        label,
        description: inOneLine([unclear.has(scriptKey(script)) ? shortId(script.id) : undefined, familyName(id), assignedWords(script)]),
        value: script,
        picked: picked.has(scriptKey(script)),
      };
    });
    return rows.length > 0 ? [{ kind: 'separator', label: familyName(id) }, ...rows] : [];
  });
}
