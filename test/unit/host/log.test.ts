import assert from 'node:assert/strict';
import { test } from 'node:test';
import { window } from 'vscode';
import { GraphError } from '../../../src/graph/errors.ts';
import { createLog } from '../../../src/host/log.ts';

function logged(error: unknown): string {
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  Object.assign(window, { createOutputChannel: () => ({ info: () => undefined, error: note, debug: note }) });
  createLog().error(error);
  return lines.join('\n');
}

const refusal = (message: string) =>
  new GraphError({ kind: 'badRequest', message, request: { method: 'POST', path: '/beta/x' }, status: 400, requestId: 'r-1' });

test('what the service says is one line, whatever it says, and nothing in it is obeyed by a terminal', () => {
  const line = logged(refusal('No.\r\n2026-01-01 [info] All is well.\u001B[2J\u202Egpj\u009B'));
  assert.equal(line, 'POST /beta/x badRequest 400 No. 2026-01-01 [info] All is well.\uFFFD[2J\uFFFDgpj\uFFFD r-1');
});

test('what the service says is logged without what it must not have said', () => {
  const line = logged(refusal('Token Bearer eyJhbGciOi.eyJzdWIi.c2ln of ada@contoso.example, {"scriptContent":"V3JpdGU="}'));
  assert.doesNotMatch(line, /eyJ|ada|V3Jp/);
});

test('the causes of an error are not told', () => {
  assert.doesNotMatch(logged(new GraphError({ ...refusal('No.'), message: 'No.', cause: new Error('https://x/?secret=1') })), /secret/);
});
