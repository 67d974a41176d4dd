/** A number from 0 to 2^32 that depends on all of a text (FNV-1a with a final mix, so that neighbours differ widely). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return mix(value);
}

/** The id of the index-th thing of a kind: always the same for the same seed. */
export function guidMaker(seed: number, kind: string): (index: number) => string {
  const base = hash(`${seed}/${kind}`);
  const word = (index: number, part: number) =>
    mix(mix(base + Math.imul(index + 1, 0x9e3779b9)) ^ Math.imul(part, 0x85ebca6b))
      .toString(16)
      .padStart(8, '0');
  return index => {
    const [second, third] = [word(index, 2), word(index, 3)];
    return `${word(index, 1)}-${second.slice(0, 4)}-4${second.slice(5)}-a${third.slice(1, 4)}-${third.slice(4)}${word(index, 4)}`;
  };
}

/** A whole number from 0 to below `limit`, always the same for the same key. */
export const pick = (key: string, limit: number): number => hash(key) % limit;

function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
