// How often processes are killed in a run of the tests, and from which seed. `KILLS=200 SEED=7 npm run test:unit -- FILE` for more, or again.
const numberIn = (text: string | undefined): number | undefined => (text && Number.isInteger(Number(text)) ? Number(text) : undefined);

/** Kills of one test; `usual` where nobody asked for another number. */
export const killsWanted = (usual: number): number => numberIn(process.env['KILLS']) ?? usual;

/** What all that is random depends on. */
export const seedWanted = (): number => numberIn(process.env['SEED']) ?? Date.now() % 1_000_000_000;
