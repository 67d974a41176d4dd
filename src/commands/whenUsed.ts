/** Makes handlers of a module that loads with the first use of one of them. A module loads once. */
export const whenUsed =
  <Module>(load: () => Promise<Module>) =>
  <Args extends readonly unknown[]>(handlerOf: (module: Module) => (...args: Args) => Promise<void>) =>
  async (...args: Args): Promise<void> =>
    handlerOf(await load())(...args);
