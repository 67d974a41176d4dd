/** JSON as it came or as it is sent. */
export type Wire = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Wire => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only the type of a target or schedule is told by an annotation; every other annotation describes the answer and is not written back. */
const isAnnotation = (key: string): boolean => key.includes('@') && key !== '@odata.type';

export const withoutAnnotations = (record: Wire): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => !isAnnotation(key))
      .map(([key, value]) => [key, isRecord(value) ? withoutAnnotations(value) : value]),
  );

/** A time of day with a fraction, as the service shows one that was written without. */
const timeOfDay = /^\d{2}:\d{2}:\d{2}\.\d+$/;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The service and its documentation name types with `#` and without. */
const oneSpelling = (key: string, value: unknown): unknown =>
  key === '@odata.type' && typeof value === 'string' ? value.replace(/^#/, '') : spell(value);

function spellText(text: string): string {
  if (guid.test(text)) return text.toLowerCase();
  return timeOfDay.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/** Values of any depth in one spelling: keys sorted, GUIDs without case, times without empty fractions, types without `#`, null left out. */
export function spell(value: unknown): unknown {
  if (typeof value === 'string') return spellText(value);
  if (Array.isArray(value)) return value.map(spell);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .map(([key, inner]): [string, unknown] => [key, oneSpelling(key, inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
