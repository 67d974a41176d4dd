import { registerHooks } from 'node:module';

// Used with `node --import ./test/unit/fakes/register.ts`: sources that name `vscode` then get the little of it that is in vscode.ts.
const fake = new URL('./vscode.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => (specifier === 'vscode' ? { url: fake, shortCircuit: true } : next(specifier, context)),
});
