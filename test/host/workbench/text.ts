/** A label as the screen may show it: VS Code replaces spaces by non-breaking ones here and there. */
export const exactly = (label: string): RegExp => new RegExp(`^\\s*${escaped(label)}\\s*$`);

/** A label at the start of a longer one. */
export const startingWith = (label: string): RegExp => new RegExp(`^\\s*${escaped(label)}`);

/** Text with plain spaces. */
export const plain = (text: string | null): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

const escaped = (label: string): string => label.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '\\s');
