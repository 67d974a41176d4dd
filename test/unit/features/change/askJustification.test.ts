import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askJustification, writeProposal } from '../../../../src/features/change/changeFlow.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { propose, type Wanted } from '../../../../src/intune/plan/propose.ts';
import type { TextQuestion } from '../../../../src/ui/inputBox.ts';
import { groupNamed, refOf, sampleScript } from '../../intune/support.ts';
import { createCommandWindow } from '../commandWindow.ts';

const family = 'deviceHealthScripts';
const names = ['Clear Teams Cache', 'Größe der Auslagerungsdatei prüfen', 'Restart Stopped Print Spooler'] as const;
const refs = names.map((name, index) => ({ family, id: String(index), name }) as const);

/** Asks about the first scripts, and answers with a text as an input box would: with undefined for one that it does not take. */
async function ask(count: number, text: string) {
  const asked: Pick<TextQuestion<unknown>, 'prompt' | 'initial'>[] = [];
  const problems: string[] = [];
  const answer = await askJustification(
    {
      askText: async ({ prompt, initial, parse, problem }) => {
        asked.push({ prompt, initial });
        const value = parse(text);
        if (value === undefined) problems.push(problem(text));
        return value === undefined ? undefined : { kind: 'picked', value };
      },
    },
    refs.slice(0, count),
  );
  return { answer, asked, problems };
}

describe('the question for a justification', () => {
  test('names the one script that is to be approved', async () => {
    const { asked, answer } = await ask(1, ' Rollout ');
    assert.deepEqual(asked, [
      { prompt: 'Another administrator has to approve the change of “Clear Teams Cache”. Say why it is needed.', initial: '' },
    ]);
    assert.equal(answer, 'Rollout');
  });

  test('says of several how many there are, and that each of them takes one request, once for all', async () => {
    const { asked } = await ask(3, 'Rollout');
    assert.deepEqual(
      asked.map(({ prompt }) => prompt),
      ['Another administrator has to approve the change of 3 scripts, by one request each. Say why it is needed.'],
    );
  });

  test('takes no text that says nothing, and none that is longer than the service takes', async () => {
    assert.deepEqual(await ask(1, ' \n').then(({ answer, problems }) => [answer, ...problems]), [undefined, 'Enter a justification.']);
    assert.equal((await ask(1, 'x'.repeat(1_024))).answer?.length, 1_024);
    assert.deepEqual((await ask(1, 'x'.repeat(1_025))).problems, ['At most 1024 characters.']);
  });
});

describe('a bulk that needs approval', () => {
  /** Adds a group to all the scripts, which are protected, and answers the question for a justification. */
  async function bulk(text: string | undefined) {
    const asked: string[] = [];
    const { world, parts } = await createCommandWindow({
      behavior: { approvalFamilies: new Set([family]) },
      settings: { writeMethod: 'assign', confirmAbove: 100_000 },
      askText: async ({ prompt, parse }) => {
        asked.push(`${prompt} | requests so far: ${approvals().length}`);
        const value = parse(text ?? '');
        return value === undefined ? undefined : { kind: 'picked', value };
      },
    });
    const approvals = () => world.tenant.admin.approvals();
    const group = groupNamed(world, 'Training Room A');
    const wanted: Wanted = {
      scripts: names.map(name => refOf(sampleScript(world, family, name))),
      groups: [{ id: group, name: 'Training Room A' }],
      changesFor: script => addGroups(script, [group]),
    };
    const proposal = await propose(world.connection, wanted, await parts.journal(world.connection).read(), world.clock);
    const written = (await writeProposal(parts, proposal, wanted, async () => assert.fail())) ?? assert.fail();
    const requested = approvals().map(({ objectId, justification }) => [objectId, justification]);
    return { asked, requested, outcomes: written.map(({ outcome }) => outcome.kind), ids: wanted.scripts.map(({ id }) => id) };
  }
  const question =
    'Another administrator has to approve the change of 3 scripts, by one request each. Say why it is needed. | requests so far: 0';

  test('says that it takes one request for each script before it makes one for each', async () => {
    const { asked, requested, outcomes, ids } = await bulk('Rollout');
    assert.deepEqual(asked, [question]);
    assert.deepEqual(
      requested,
      ids.map(id => [id, 'Rollout']),
    );
    assert.deepEqual(outcomes, ['pending', 'pending', 'pending']);
  });

  test('makes no request where the question is left', async () => {
    const { asked, requested, outcomes } = await bulk(undefined);
    assert.deepEqual(asked, [question]);
    assert.deepEqual(requested, []);
    assert.deepEqual(outcomes, ['needsApproval', 'needsApproval', 'needsApproval']);
  });
});
