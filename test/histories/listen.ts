// What happens at the requests of ours: others act, the witnesses see, and the user cancels.
import type { Occasion } from '../../src/sample/index.ts';
import { isArray, isObject, type Json, parseJson, stringAt } from '../../src/sample/wire/json.ts';
import { type Exchange, exchangeOfNow } from './computer.ts';
import type { ChangeStep, HookName } from './history.ts';
import { rowOfWire } from './spelling.ts';
import { intrude, type Stage, shortId, type Watched } from './stage.ts';

/** The service spells the same set differently from read to read. */
function respell({ tenant }: Stage, n: number): void {
  tenant.behavior.changeGuidCase = n % 2 === 0;
  tenant.behavior.emptyFilter = (['mixed', 'null', 'zero', 'missing'] as const)[n % 4] ?? 'mixed';
}

const isNextPage = (target: string): boolean => /skiptoken/i.test(target);

type Tell = (one: Watched, occasion: Occasion, exchange: Exchange) => void;

/** Sets the tenant's hooks for one step; `cancel` is told when the user does. */
export function listen(stage: Stage, { intrusions, cancelAt }: Pick<ChangeStep, 'intrusions' | 'cancelAt'>, cancel: () => void): void {
  const { watched, report } = stage;
  const { behavior } = stage.tenant;
  const seen: Record<HookName, number> = { beforeRead: 0, afterRead: 0, beforeWrite: 0, afterWrite: 0 };
  let hooks = 0;
  const act = (at: HookName, one: Watched): void => {
    const n = seen[at]++;
    for (const { act: what } of intrusions.filter(intrusion => intrusion.at === at && intrusion.nth === n)) intrude(stage, one, what);
  };
  const hook = (at: HookName, tell?: Tell) => (occasion: Occasion) => {
    const one = watched.get(occasion.scriptId ?? '');
    const exchange = exchangeOfNow();
    if (!one || !exchange || !/\/assign(ments)?$/.test(occasion.path)) return;
    report.story.push(`${at} ${exchange.window.name} ${occasion.path.split('/').at(-1)} ${shortId(one.script)}`);
    if (at.startsWith('before')) act(at, one);
    tell?.(one, occasion, exchange);
    if (at.startsWith('after')) act(at, one);
    if (hooks++ === cancelAt) cancel();
  };
  behavior.beforeRead = hook('beforeRead', (_, { target }) => !isNextPage(target) && respell(stage, hooks));
  behavior.afterRead = hook('afterRead', ({ witness }, { target }, exchange) => !isNextPage(target) && witness.serves(exchange));
  behavior.beforeWrite = hook('beforeWrite');
  behavior.afterWrite = hook('afterWrite', ({ witness }, { path }, exchange) => witness.written(exchange, path.endsWith('/assignments')));
}

/** One request with its answer, alone or in a `$batch`. */
interface Answered {
  readonly method: string;
  readonly url: string;
  readonly request: Json | undefined;
  readonly status: number;
  readonly body: Json | undefined;
}

const objects = (value: Json | undefined, key: string) => {
  const list = isObject(value) ? value[key] : undefined;
  return isArray(list) ? list.filter(isObject) : [];
};

function answersIn({ method, url, body }: Exchange, status: number, text: string): readonly Answered[] {
  const [request, answer] = [parseJson(body), parseJson(text)];
  if (!url.endsWith('/$batch')) return [{ method, url, request, status, body: answer }];
  const answers = new Map(objects(answer, 'responses').map(one => [stringAt(one, 'id'), one]));
  return objects(request, 'requests').map(one => {
    const inner = answers.get(stringAt(one, 'id'));
    return {
      method: stringAt(one, 'method') ?? '',
      url: stringAt(one, 'url') ?? '',
      request: one['body'],
      status: Number(inner?.['status'] ?? 0),
      body: inner?.['body'],
    };
  });
}

/** The witnesses see what a window sends. */
export function send(watched: ReadonlyMap<string, Watched>, exchange: Exchange): void {
  for (const { method, url, request } of answersIn(exchange, 0, '')) {
    const one = watched.get(/\/([^/]+)\/assign(?:ments)?$/.exec(url)?.[1] ?? '');
    if (!one || method !== 'POST' || !isObject(request)) continue;
    const [rows] = Object.values(request).filter(isArray);
    one.witness.sends(
      exchange,
      (rows?.filter(isObject) ?? [request]).map(row => rowOfWire(row)),
    );
  }
}

/** The witnesses see what a window reads. */
export function receive(watched: ReadonlyMap<string, Watched>, exchange: Exchange, status: number, text: string): void {
  for (const { method, url, status: code, body } of answersIn(exchange, status, text)) {
    const one = watched.get(/\/([^/]+)\/assignments(?:\?|$)/.exec(url)?.[1] ?? '');
    if (!one || method !== 'GET' || code !== 200 || !isObject(body) || !isArray(body['value'])) continue;
    one.witness.read(
      exchange,
      objects(body, 'value').map(row => rowOfWire(row)),
      !isNextPage(url),
    );
  }
}
