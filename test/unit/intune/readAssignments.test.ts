import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assignmentsOfAnswer, assignmentsRequest } from '../../../src/intune/readAssignments.ts';
import { createFixture, json, rejection, scopes } from '../graph/fixture.ts';

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

  test('is followed by the others', async () => {
    const next = 'https://graph.microsoft.com/beta/x?$skiptoken=1';
    const { client, sent } = createFixture({ steps: [() => json({ value: [row, row], '@odata.nextLink': null })] });
    assert.equal((await assignmentsOfAnswer(client, request, { value: [row], '@odata.nextLink': next })).length, 3);
    assert.equal(sent[0]?.url, next);
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
