import { describe, test } from 'node:test';
import { targets } from '../fuzz/targets.ts';

describe('1,000 inputs that are nearly right, or not at all, end with the documented error at worst:', () => {
  for (const { name, fuzz } of targets) {
    test(name, async t => {
      const seed = Date.now() % 1_000_000_000;
      t.diagnostic(`seed ${seed}`);
      const { refused, inputs } = await fuzz({ inputs: 1_000, seed });
      t.diagnostic(`${refused} of ${inputs} refused`);
    });
  }
});
