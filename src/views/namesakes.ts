import { type ScriptRef, scriptKey } from '../intune/model/script.ts';
import { scriptLabel } from './words/script.ts';

/** The keys of the scripts of which another one of their kind is called the same. */
export function namesakes(scripts: readonly ScriptRef[]): ReadonlySet<string> {
  const byName = Map.groupBy(scripts, script => `${script.family} ${scriptLabel(script)}`);
  return new Set([...byName.values()].filter(({ length }) => length > 1).flatMap(same => same.map(scriptKey)));
}
