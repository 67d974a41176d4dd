// What happens at the requests of ours: others act, the witnesses see, and the user cancels.
import type { Occasion } from '../../src/sample/index.ts';
import type { HookName, Step } from './history.ts';
import { intrude, type Stage, shortId, type Watched } from './stage.ts';

/** The service spells the same set differently from read to read. */
function respell({ world: { tenant } }: Stage, n: number): void {
  tenant.behavior.changeGuidCase = n % 2 === 0;
  tenant.behavior.emptyFilter = (['mixed', 'null', 'zero', 'missing'] as const)[n % 4] ?? 'mixed';
}

const isFirstPage = ({ target }: Occasion): boolean => !/skiptoken/i.test(target);

type Tell = (one: Watched, occasion: Occasion) => void;

/** Sets the tenant's hooks for one step. */
export function listen(stage: Stage, step: Step, cancel: () => void): void {
  const { world, watched, report, history } = stage;
  const { behavior } = world.tenant;
  const seen: Record<HookName, number> = { beforeRead: 0, afterRead: 0, beforeWrite: 0, afterWrite: 0 };
  let hooks = 0;
  const act = (at: HookName, one: Watched): void => {
    const n = seen[at]++;
    for (const { act: what } of step.intrusions.filter(intrusion => intrusion.at === at && intrusion.nth === n)) intrude(stage, one, what);
  };
  const hook = (at: HookName, tell?: Tell) => (occasion: Occasion) => {
    const one = watched.get(occasion.scriptId ?? '');
    if (!one || !/\/assign(ments)?$/.test(occasion.path)) return;
    report.story.push(`${at} ${occasion.path.split('/').at(-1)} ${shortId(one.script)}`);
    if (at.startsWith('before')) act(at, one);
    tell?.(one, occasion);
    if (at.startsWith('after')) act(at, one);
    if (hooks++ === step.cancelAt) cancel();
  };
  behavior.beforeRead = hook('beforeRead', (_, occasion) => isFirstPage(occasion) && respell(stage, hooks));
  behavior.afterRead = hook('afterRead', ({ witness }, occasion) => isFirstPage(occasion) && witness.read(world.clock.now()));
  behavior.beforeWrite = hook('beforeWrite');
  behavior.afterWrite = hook('afterWrite', ({ witness }, { path }) => witness.written(path, world.clock.now(), history.manners.latencyMs));
}
