// Plays a history on the sample tenant, through the product's own planning, writing, recovery and journal.
import { transientMemory } from '../../src/connections/memory.ts';
import type { KnownGroup } from '../../src/intune/model/group.ts';
import { createSampleTenant, type SampleScript } from '../../src/sample/index.ts';
import { createFakeClock } from '../unit/graph/fakeClock.ts';
import { groupIds } from './arbitraryRows.ts';
import { change } from './change.ts';
import { createComputer, type OpenWindow } from './computer.ts';
import type { ChangeStep, History, Step } from './history.ts';
import { listen, receive, send } from './listen.ts';
import { lookAfter, settleAll } from './lookAfter.ts';
import { emptyReport, type Report } from './report.ts';
import { intrude, type Stage, type Watched } from './stage.ts';
import { scriptsOf, stateOf } from './state.ts';
import { strikes } from './strikes.ts';
import { createWitness } from './witness.ts';

/** All names are known already: asking for them is no part of a history. */
const inventory = {
  families: new Map(),
  groups: new Map(groupIds.map((id): [string, KnownGroup] => [id, { id, status: 'named', name: id }])),
  scripts: () => [],
  filters: () => undefined,
  readFilters: async () => new Map(),
  load: async () => undefined,
  reload: async () => undefined,
  setAssignments: () => undefined,
  onDidChange: () => ({ dispose: () => undefined }),
};

function createStage(history: History): Stage {
  const report = emptyReport();
  const clock = createFakeClock();
  const watched = new Map<string, Watched>();
  const scripts = scriptsOf(history).map(([script]) => script);
  const state = stateOf(scripts);
  const { approvals, pidsReused, ...behavior } = history.manners;
  const approvalFamilies = new Set(approvals ? scripts.map(({ family }) => family) : []);
  const tenant = createSampleTenant({ clock, state, behavior: { ...behavior, approvalFamilies } });
  const computer = createComputer({
    clock,
    serve: tenant.handle,
    inventory,
    connection: { tenantId: state.tenantId, tenantName: state.tenantName, account: state.user.userPrincipalName },
    memory: transientMemory(),
    pidsReused,
    sending: exchange => send(watched, exchange),
    received: (exchange, status, text) => receive(watched, exchange, status, text),
  });
  const startOf = ({ id }: SampleScript, changeId: string): string | undefined => {
    const line = computer.disk
      .lines()
      .findLast(one => one.includes(`"changeId":"${changeId}"`) && one.includes(`"script":{"family"`) && one.includes(id));
    return line === undefined ? undefined : /"id":"(id-\d+)"/.exec(line)?.[1];
  };
  const { latencyMs } = history.manners;
  for (const script of scripts)
    watched.set(script.id, { script, witness: createWitness(script, { report, now: clock.now, latencyMs, startOf }) });
  const windows: OpenWindow[] = [];
  return {
    history,
    report,
    clock,
    tenant,
    computer,
    watched,
    window(place) {
      const window = windows[place]?.isAlive ? windows[place] : computer.open();
      windows[place] = window;
      return window;
    },
  };
}

/** Sets what happens in a step, and what goes wrong. */
function prepare(stage: Stage, step: ChangeStep): AbortSignal {
  const { report, tenant, watched } = stage;
  const controller = new AbortController();
  listen(stage, step, () => controller.abort(new Error('Cancelled.')));
  tenant.behavior.faults = strikes(step.faults, (effect, path, window) => {
    report.faults += 1;
    report.story.push(`fault: ${effect.kind} ${path.split('/').slice(-2).join('/').slice(0, 20)}`);
    const one = effect.kind === 'lose' ? watched.get(/\/([^/]+)\/assign/.exec(path)?.[1] ?? '') : undefined;
    const attempt = window && one?.witness.attemptOf(window);
    if (attempt) attempt.lost = true;
  });
  return controller.signal;
}

async function playChange(stage: Stage, step: ChangeStep): Promise<void> {
  const { clock, report } = stage;
  if (step.pauseMs > 0) await clock.sleep(step.pauseMs);
  const others = (at: 'beforePlan' | 'afterPlan', scripts: readonly Watched[]): void => {
    for (const { act, nth } of step.intrusions.filter(one => one.at === at)) {
      const one = scripts[nth % scripts.length];
      if (one) intrude(stage, one, act);
    }
  };
  const signal = prepare(stage, step);
  const [window, beside] = [stage.window(step.window), step.beside && stage.window(step.window === 0 ? 1 : 0)];
  window.trouble(step);
  report.changes += 1;
  const cancelled = (error: unknown): void => {
    if (!signal.aborted) throw error;
    report.story.push('told: cancelled');
  };
  const work = [window.until(() => change(stage, step, window, step.what, others, signal).catch(cancelled))];
  if (beside && step.beside)
    work.push(beside.until(() => change(stage, step, beside, step.beside ?? step.what, () => undefined, undefined)));
  await Promise.all(work);
  if (!window.isAlive) {
    report.deaths += 1;
    report.story.push(`${window.name} has died`);
  }
  if (window.hasFailed) report.faults += 1;
  window.trouble({ disk: undefined, death: undefined });
  calm(stage);
}

/** Nothing goes wrong any more; but what was sent before may still arrive, and is seen. */
function calm(stage: Stage): void {
  stage.tenant.behavior.faults = [];
  listen(stage, { intrusions: [], cancelAt: undefined }, () => undefined);
}

async function playStep(stage: Stage, step: Step): Promise<void> {
  const { report, computer, tenant } = stage;
  report.story.push(`step: ${JSON.stringify(step).slice(0, 120)}`);
  switch (step.kind) {
    case 'change':
      return playChange(stage, step);
    case 'recover':
      return lookAfter(stage, stage.window(step.window), step.looks);
    case 'clock':
      return computer.step(step.ms);
    case 'reboot':
      report.deaths += 1;
      return computer.reboot();
    case 'decide': {
      const open = tenant.admin.approvals().filter(({ status }) => status === 'needsApproval');
      const request = open[step.nth % Math.max(1, open.length)];
      if (request) tenant.admin[step.how](request.id);
    }
  }
}

/** Plays a history to its end. Rejects only for a defect: which promises were not kept is in the report. */
export async function play(history: History): Promise<Report> {
  const stage = createStage(history);
  for (const step of history.steps) await playStep(stage, step);
  await settleAll(stage);
  for (const place of [0, 1] as const) stage.window(place).die();
  return stage.report;
}
