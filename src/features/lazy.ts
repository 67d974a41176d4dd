/** Makes handlers of a module that loads with the first use of one of them. A module loads once. */
const whenUsed =
  <Module>(load: () => Promise<Module>) =>
  <Args extends readonly unknown[]>(handlerOf: (module: Module) => (...args: Args) => Promise<void>) =>
  async (...args: Args): Promise<void> =>
    handlerOf(await load())(...args);

/** The module of all commands that load with the first use of one of them. */
export const loadOnDemand = () => import('./onDemand.ts');

/** Makes handlers of that module. */
export const onDemand = whenUsed(loadOnDemand);
