import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assignmentsOfAnswer, assignmentsRequest, readAssignments } from '../../../../src/intune/read/assignments.ts';
import { createFixture, json, rejection, scopes } from '../../graph/fixture.ts';

const row = { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } };
const request = assignmentsRequest({ family: 'deviceShellScripts', id: '1' }, scopes);

describe('the first page of assignments out of a $batch', () => {
  for (const link of [undefined, null]) {
    test(`is all where the link to the next one is ${link}`, async () => {
      const { client, sent } = createFixture({ steps: [] });
      const rows = await assignmentsOfAnswer(client, request, { value: [row], '@odata.nextLink': link });
      assert.equal(rows.length, 1);
      assert.equal(sent.length, 0);
    });
  }

  test('is followed by the others, and all are read again, for pages are no snapshot', async () => {
    const next = 'https://graph.microsoft.com/beta/x?$skiptoken=1';
    const { client, sent } = createFixture({
      steps: [() => json({ value: [row, row], '@odata.nextLink': null }), () => json({ value: [row, row, row] })],
    });
    assert.equal((await assignmentsOfAnswer(client, request, { value: [row], '@odata.nextLink': next })).length, 3);
    assert.equal(sent.length, 2);
    assert.equal(sent[0]?.url, next);
  });

  test('is no answer where a number in it could only be written back as another one', async () => {
    const read = (number: string) => {
      const text = JSON.stringify({ ...row, new: [{ deep: 'number' }] }).replace('"number"', number);
      return assignmentsOfAnswer(createFixture({ steps: [] }).client, request, { value: [JSON.parse(text)] });
    };
    for (const number of ['9007199254740993', '1e400', '-12345678901234567890'])
      assert.equal((await rejection(read(number))).kind, 'badAnswer');
    for (const number of ['9007199254740991', '0.1', '-1', '1.0']) assert.equal((await read(number)).length, 1);
  });

  test('is no answer where it has more digits than a number can hold, in whatever answer it comes', async () => {
    const text = (number: string): string => JSON.stringify({ value: [{ ...row, new: 'number' }] }).replace('"number"', number);
    const read = (number: string) => {
      const answer = new Response(text(number), { status: 200, headers: { 'content-type': 'application/json', 'request-id': 'r' } });
      return readAssignments(createFixture({ steps: [() => answer] }).client, { family: 'deviceShellScripts', id: '1' }, scopes);
    };
    for (const number of ['0.1234567890123456789', '1.00000000000000001', '123456789.123456789012']) {
      assert.equal((await rejection(read(number))).kind, 'badAnswer', number);
    }
    for (const number of ['0.125', '1.50', '1e3', '0.1234567890123456']) assert.equal((await read(number)).length, 1, number);
  });

  test('is no answer without rows, or with a link that is none', async () => {
    for (const body of [
      undefined,
      null,
      [],
      {},
      { value: {} },
      { value: [row], '@odata.nextLink': 5 },
      { value: [row], '@odata.nextLink': '' },
    ]) {
      const { client, sent } = createFixture({ steps: [] });
      assert.equal((await rejection(assignmentsOfAnswer(client, request, body))).kind, 'badAnswer');
      assert.equal(sent.length, 0);
    }
  });
});
