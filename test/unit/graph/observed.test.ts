import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as z from 'zod/mini';
import { answerError } from '../../../src/graph/answer.ts';
import type { GraphError } from '../../../src/graph/errors.ts';

/** Answers of the real service, which are kept beside the repository. */
const folder = new URL('../../../../shared/graph/observed/', import.meta.url);

const observed = z.looseObject({
  status: z.number(),
  headers: z.optional(z.record(z.string(), z.string())),
  body: z.optional(z.unknown()),
});

const filesIn = (): readonly string[] => {
  try {
    return readdirSync(folder).filter(name => /^error-.*\.json$/.test(name));
  } catch {
    return [];
  }
};

const parse = (name: string): GraphError => {
  const { status, headers, body } = observed.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  const request = { method: 'POST', path: '/beta/x' };
  return answerError({ status, headers: new Headers(headers), body, request, clientRequestId: 'ours', now: 0 });
};

const expected: Readonly<Record<string, Partial<GraphError>>> = {
  'error-400-internalerror-nested-json.json': {
    kind: 'badRequest',
    message: 'An error has occurred',
    requestId: '13c105e8-27d7-40dc-9d66-87369338926f',
  },
  'error-400-no-route-collection-post.json': { kind: 'noRoute', code: 'No method match route template' },
  'error-401-claims-challenge.json': {
    kind: 'claimsChallenge',
    claims: '{"access_token":{"acrs":{"essential":true,"value":"cp1"}}}',
    clientRequestId: 'ours',
  },
  'error-403-double-nested-no-intune-rbac.json': {
    kind: 'forbidden',
    intuneRole: true,
    requiredScopes: [],
    message: 'An error has occurred',
  },
  'error-403-missing-scope.json': {
    kind: 'forbidden',
    intuneRole: false,
    requiredScopes: ['DeviceManagementScripts.Read.All', 'DeviceManagementScripts.ReadWrite.All'],
    message:
      'Application is not authorized to perform this operation. Application must have one of the following scopes: DeviceManagementScripts.Read.All, DeviceManagementScripts.ReadWrite.All',
  },
  'error-429.json': { kind: 'throttled', retryAfterMs: 2128, message: 'Please retry again later.' },
  'error-maa-400-missing-justification.json': { kind: 'approval' },
  'error-maa-403-documented.json': { kind: 'approval', approvalCode: 'aabb1234-5678-9012-abcd-ef0123456789' },
  'error-maa-412-observed.json': { kind: 'approval', approvalCode: '00000000-0000-0000-0000-000000000000' },
};

describe('observed answers', () => {
  const files = filesIn();
  if (files.length === 0) test('are not beside this checkout', { skip: 'the folder shared/graph/observed is missing' });
  for (const file of files) {
    test(file, () => {
      const error = parse(file);
      const wanted = expected[file];
      assert.ok(wanted, 'a new observed answer wants an expectation here');
      for (const [key, value] of Object.entries(wanted))
        assert.deepEqual(Object.entries(error).find(([name]) => name === key)?.[1] ?? error.message, value);
      assert.match(error.message, /^[A-Z]/);
      assert.doesNotMatch(error.message, /[{}<>\\]|Activity ID|fef\./);
    });
  }
});
