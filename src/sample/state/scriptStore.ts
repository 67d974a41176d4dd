import { type FamilyName, families } from '../families.ts';
import { stringAt } from '../wire/json.ts';
import type { SampleScript } from './stored.ts';

/** The scripts of the tenant, and the policies that are none. */
export interface ScriptStore {
  list(family: FamilyName): readonly SampleScript[];
  /** The script, with an id in any case. */
  get(family: FamilyName, id: string): SampleScript | undefined;
  /** The first script of a name. */
  byName(family: FamilyName, name: string): SampleScript | undefined;
  put(script: SampleScript): void;
  delete(family: FamilyName, id: string): void;
}

/** A store with these scripts. */
export function scriptStore(scripts: readonly SampleScript[]): ScriptStore {
  const stored = new Map(scripts.map(script => [key(script.family, script.id), script]));
  const list = (family: FamilyName) => [...stored.values()].filter(script => script.family === family);
  return {
    list,
    get: (family, id) => stored.get(key(family, id)),
    byName: (family, name) => list(family).find(script => scriptName(script) === name),
    put: script => void stored.set(key(script.family, script.id), script),
    delete: (family, id) => void stored.delete(key(family, id)),
  };
}

/** The name of a script, whatever its family calls it. */
export const scriptName = (script: SampleScript): string => stringAt(script.entity, families[script.family].nameProperty) ?? '';

const key = (family: FamilyName, id: string): string => `${family}/${id.toLowerCase()}`;
