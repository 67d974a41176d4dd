import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playMany } from '../../../bench/safety/playMany.ts';
import { allBreaches, figuresLine, gapAt } from '../../../histories/figures.ts';

test('in 1,000 random histories nothing is lost outside of the gap, no kept field changes, and what is told is true', async t => {
  const seed = Date.now() % 1_000_000_000;
  t.diagnostic(`seed ${seed}`);
  const { figures, failures } = await playMany(seed, 1_000);
  const told = failures.map(({ text, path }) => `${text}\nAgain: npm run bench:safety -- --seed ${seed} --path ${path}`);
  assert.equal(allBreaches(figures), 0, told.join('\n'));
  t.diagnostic(figuresLine(figures));
  assert.deepEqual([gapAt(figures.gaps, 0.95), gapAt(figures.gaps, 1)], [1, 1], 'the gap of sets of one page, in round trips');
  for (const kind of ['writes', 'faults', 'deaths', 'lostInGap'] as const)
    assert.ok(figures[kind] > 0, `no ${kind}: the histories are too tame`);
});
