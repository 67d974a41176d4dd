import fc from 'fast-check';
import { abyss, hostileText, hostileValue } from './hostile.ts';

/** One thing that is done to a valid value. `at` chooses a node of it, from all there are. */
export interface Mutation {
  readonly how: 'replace' | 'drop' | 'double' | 'wrap' | 'rename';
  readonly at: number;
  readonly value: unknown;
  readonly key: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'double', 'wrap', 'rename'),
  at: fc.nat(100_000),
  value: hostileValue,
  key: hostileText,
});

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
const countOf = (value: unknown): number =>
  isContainer(value) ? Object.values(value).reduce<number>((sum, inner) => sum + countOf(inner), 1) : 1;

type Entry = readonly [string, unknown];

function changed([key, value]: Entry, { how, value: other, key: name }: Mutation): readonly Entry[] {
  switch (how) {
    case 'replace':
      return [[key, other]];
    case 'drop':
      return [];
    case 'double':
      return [
        [key, value],
        [`${key}2`, value],
      ];
    case 'wrap':
      return [[key, [value]]];
    case 'rename':
      return [[name, value]];
  }
}

/** The value with the node of a number, counted from the outside in, changed. */
function edited(value: unknown, number: number, change: Mutation): unknown {
  if (!isContainer(value)) return value;
  let passed = 1;
  const entries = Object.entries(value).flatMap((entry): readonly Entry[] => {
    const first = passed;
    passed += countOf(entry[1]);
    if (number === first) return changed(entry, change);
    return number > first && number < passed ? [[entry[0], edited(entry[1], number - first, change)]] : [entry];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** A value with mutations, one after another. The value itself stays as it is. */
export const mutated = (value: unknown, mutations: readonly Mutation[]): unknown =>
  mutations.reduce<unknown>((now, change) => {
    const number = change.at % countOf(now);
    return number === 0 ? (change.how === 'replace' ? change.value : [now]) : edited(now, number, change);
  }, value);

/** What is done to a text: cut off, something put in, a part of it said again and again. */
export type TextMutation = (text: string) => string;

const place = fc.nat(100_000);
export const textMutation: fc.Arbitrary<TextMutation> = fc.oneof(
  place.map(
    (at): TextMutation =>
      text =>
        text.slice(0, at % (text.length + 1)),
  ),
  fc.tuple(place, hostileText).map(
    ([at, put]): TextMutation =>
      text => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + put + text.slice(cut);
      },
  ),
  fc.tuple(place, fc.nat(20), fc.nat(50)).map(
    ([at, length, times]): TextMutation =>
      text => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + text.slice(cut, cut + length).repeat(times) + text.slice(cut);
      },
  ),
  hostileText.map(
    (whole): TextMutation =>
      () =>
        whole,
  ),
  fc.constantFrom(50, 5_000).map(
    (depth): TextMutation =>
      () =>
        abyss(depth),
  ),
);

/** JSON text of a value that was changed, and at times the text besides. */
export interface JsonChange {
  readonly mutations: readonly Mutation[];
  readonly text: TextMutation | undefined;
}

/** Most values are nil. */
export const seldom = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

export const jsonChange: fc.Arbitrary<JsonChange> = fc.record({
  mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
  text: seldom(textMutation),
});

/** The text that a value becomes. */
export function changedJson(value: unknown, { mutations, text }: JsonChange): string {
  const plain = JSON.stringify(mutated(value, mutations)) ?? '';
  return text === undefined ? plain : text(plain);
}
