import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewState } from '../../../../src/features/trees/viewState.ts';
import { GraphError, type GraphErrorKind } from '../../../../src/graph/errors.ts';
import type { ViewState } from '../../../../src/manifest.ts';
import { failed, inventoryOf, loaded, loading, script } from '../../ui/sampleInventory.ts';

const error = (kind: GraphErrorKind): GraphError => new GraphError({ kind, message: kind, request: { method: 'GET', path: '/' } });
const one = script('deviceManagementScripts', 'a', 'A');
const all = (kind: GraphErrorKind) => inventoryOf({}, [], failed(error(kind)));

test('sign-in comes first', () => {
  assert.equal(viewState('notSetUp', undefined), 'notSetUp');
  assert.equal(viewState('signedOut', inventoryOf({ deviceManagementScripts: loaded(one) })), 'signedOut');
  assert.equal(viewState('signedIn', undefined), 'loading');
});

test('anything readable is ready, as soon as it is there', () => {
  assert.equal(viewState('signedIn', inventoryOf({ deviceManagementScripts: loaded(one) }, [], loading())), 'ready');
  assert.equal(viewState('signedIn', inventoryOf({ deviceManagementScripts: loaded(one) }, [], failed(error('forbidden')))), 'ready');
  assert.equal(viewState('signedIn', inventoryOf({ deviceHealthScripts: failed(error('forbidden')) })), 'ready');
});

test('nothing is said before everything was asked', () => {
  assert.equal(viewState('signedIn', inventoryOf({}, [], loading())), 'loading');
  assert.equal(viewState('signedIn', inventoryOf({ deviceHealthScripts: loading() })), 'loading');
  assert.equal(viewState('signedIn', inventoryOf({ deviceHealthScripts: loading() }, [], failed(error('network')))), 'loading');
});

test('all loaded and nothing there is empty', () => {
  assert.equal(viewState('signedIn', inventoryOf({})), 'empty');
});

test('all failed says why', () => {
  const expected: readonly (readonly [GraphErrorKind, ViewState])[] = [
    ['forbidden', 'forbidden'],
    ['network', 'offline'],
    ['timeout', 'offline'],
    ['certificate', 'offline'],
    ['throttled', 'throttled'],
    ['noToken', 'signedOut'],
    ['server', 'failed'],
  ];
  for (const [kind, state] of expected) assert.equal(viewState('signedIn', all(kind)), state, kind);
  assert.equal(viewState('signedIn', inventoryOf({}, [], failed(new Error('x')))), 'failed');
});

test('a family without a token does not hide why the others failed', () => {
  const inventory = inventoryOf({ configurationPolicies: failed(error('noToken')) }, [], failed(error('forbidden')));
  assert.equal(viewState('signedIn', inventory), 'forbidden');
});

test('a failed refresh keeps what was read before', () => {
  assert.equal(
    viewState('signedIn', inventoryOf({ deviceManagementScripts: failed(error('network'), [one]) }, [], failed(error('network')))),
    'ready',
  );
});
