const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const zero = '00000000-0000-0000-0000-000000000000';

/** A GUID in lower case, of text as people paste it: with spaces around, or in braces. Undefined when it is none, or all zeros. */
export const parseGuid = (text: string): string | undefined => {
  const value = text
    .trim()
    .replace(/^\{(.*)\}$/, '$1')
    .trim()
    .toLowerCase();
  return guid.test(value) && value !== zero ? value : undefined;
};

/** Why text is not an id. A domain has a name of its own, for it is what people often have at hand instead of the tenant id. */
export type IdProblem = 'empty' | 'domain' | 'notGuid';

/** What is wrong with an id that was entered, or undefined when it is a GUID. */
export const idProblem = (text: string): IdProblem | undefined => {
  if (parseGuid(text) !== undefined) return undefined;
  const value = text.trim();
  if (value === '') return 'empty';
  return /^(?:[^\s@/]+@)?(?:[a-z0-9-]+\.)+[a-z]{2,}$/i.test(value) ? 'domain' : 'notGuid';
};
