import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { copyPlanAsGraphRequests, copyPlanAsPowerShell, graphRequests } from '../../../../src/features/change/copyPlan.ts';
import { planJson } from '../../../../src/features/change/planLines.ts';
import { powerShell, quoted } from '../../../../src/features/change/planPowerShell.ts';
import { clouds } from '../../../../src/graph/clouds.ts';
import { scriptPath } from '../../../../src/intune/model/script.ts';
import { addGroups } from '../../../../src/intune/plan/addTargets.ts';
import { assignBody } from '../../../../src/intune/plan/plan.ts';
import type { Proposal } from '../../../../src/intune/plan/proposal.ts';
import { createWorld, groupNamed, proposeFor, sampleScript } from '../../intune/support.ts';

/** Each tries to end a comment, a string or a here-string, or to be run inside of one. */
const nasty = [
  "O'Brien'; Remove-Item C:\\ -Recurse; '",
  "\n'@\nRemove-Item C:\\ # {{$guid}}",
  '\r\nRemove-Item `$(Remove-Item C:\\) $env:TEMP "',
  '‘; Remove-Item C:\\; ’ ‚x‛ Ñandú 日本語',
  '\u2028Remove-Item C:\\\u0085#> <# ###',
  '@name = x',
];

async function proposal(cloud = clouds.global): Promise<Proposal> {
  const world = createWorld();
  const names = ['Free Disk Space Below 10 GB', 'Restart Stopped Print Spooler'];
  const scripts = [
    ...names.map(name => sampleScript(world, 'deviceHealthScripts', name)),
    sampleScript(world, 'deviceShellScripts', 'Install Homebrew'),
  ];
  const group = groupNamed(world, 'Cloud PCs');
  const made = await proposeFor(world, scripts, script => addGroups(script, [group]));
  assert.equal(made.plans.length, 3);
  return { ...made, connection: { ...world.connection, cloud } };
}

/** The same plans, for scripts, groups, a tenant and an account of other names. */
const renamed = (made: Proposal, name: string): Proposal => ({
  ...made,
  connection: { ...made.connection, tenantName: name, account: name },
  plans: made.plans.map(plan => ({ ...plan, script: { ...plan.script, name } })),
  groups: new Map([...made.groups].map(([id, group]) => [id, { ...group, status: 'named', name }])),
});

/** What PowerShell would run of a script: comments, strings and here-strings taken out, by its rules for single quotes. */
const codeOf = (text: string): string => text.replaceAll(/#[^\r\n]*|@'\r?\n[\s\S]*?\r?\n'@|['‘’‚‛](?:['‘’‚‛]{2}|[^'‘’‚‛])*['‘’‚‛]/g, '');

/** As Windows PowerShell reads a file of UTF-8 without a mark. */
const misread = (text: string): string => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

describe('a plan as Graph requests', () => {
  test('is what would be sent, without a token', async () => {
    const made = await proposal(clouds.usGov);
    const text = graphRequests(made, made.at);
    const sections = text.split(/^###$/m).slice(1);
    assert.equal(sections.length, 3);
    for (const [index, section] of sections.entries()) {
      const plan = made.plans[index] ?? assert.fail();
      const [head = '', body = ''] = section.split('\n\n');
      assert.ok(head.includes(`\nPOST https://graph.microsoft.us${scriptPath(plan.script)}/assign\nContent-Type: application/json`), head);
      assert.deepEqual(JSON.parse(body), JSON.parse(JSON.stringify(assignBody(plan))));
    }
    assert.doesNotMatch(text, /authorization|bearer|token/i);
    assert.match(text, /^# Assignments of 3 scripts in Contoso \(tenant /);
    assert.match(text, /\n# It is right only as long as nobody has changed the assignments since \d{4}-/);
    assert.match(text, /\n# {3}Adds Cloud PCs/);
  });

  test('has only comments and requests, whatever the names are', async () => {
    const made = await proposal();
    const rest = (text: string): string => text.replaceAll(/^# .*$/gm, '#');
    for (const name of nasty) assert.equal(rest(graphRequests(renamed(made, name), made.at)), rest(graphRequests(made, made.at)), name);
  });

  test('has no variables of .http files in its bodies', () => {
    assert.equal(planJson({ a: '{{$guid}} Ñ' }), '{\n  "a": "\\u007b\\u007b$guid}} \\u00d1"\n}');
    assert.deepEqual(JSON.parse(planJson({ a: '{{$guid}} Ñ', b: {} })), { a: '{{$guid}} Ñ', b: {} });
  });
});

describe('a plan as PowerShell', () => {
  test('reads each script first, and has what was expected and what is to be written', async () => {
    const made = await proposal(clouds.china);
    const text = powerShell(made, made.at);
    const calls = [
      ...text.matchAll(
        /^Set-Assignments -Name '[^']+' -Uri '([^']+)' `\n {4}-Expected @'\n([\s\S]*?)\n'@ `\n {4}-Body @'\n([\s\S]*?)\n'@$/gm,
      ),
    ];
    assert.equal(calls.length, 3);
    for (const [index, [, uri, expected = '', body = '']] of calls.entries()) {
      const plan = made.plans[index] ?? assert.fail();
      assert.equal(uri, `https://microsoftgraph.chinacloudapi.cn${scriptPath(plan.script)}`);
      assert.equal(JSON.parse(expected).value.length, plan.base.length);
      assert.deepEqual(JSON.parse(body), JSON.parse(JSON.stringify(assignBody(plan))));
    }
    assert.ok(
      text.includes(
        `Connect-MgGraph -Environment China -TenantId '${made.connection.tenantId}' -Scopes 'DeviceManagementScripts.ReadWrite.All'`,
      ),
    );
    assert.doesNotMatch(text, /authorization|bearer|token-/i);
  });

  test('runs the same code whatever the names are, in either encoding', async () => {
    const made = await proposal();
    const wanted = codeOf(powerShell(made, made.at));
    assert.match(wanted, /Set-Assignments -Name {2}-Uri/);
    for (const name of nasty) {
      const text = powerShell(renamed(made, name), made.at);
      assert.equal(codeOf(text), wanted, name);
      assert.equal(codeOf(misread(text)), wanted, `${name} misread`);
    }
  });

  test('quotes what means anything, and replaces what an encoding could change', () => {
    assert.equal(quoted("O'Brien $x `y` ‘z’\n日"), "'O''Brien $x `y` ?z? ?'");
  });
});

describe('the commands', () => {
  const run = async (command: typeof copyPlanAsPowerShell, shown: Proposal | undefined) => {
    const copied: string[] = [];
    const told: string[] = [];
    await command({
      shownPlan: () => shown,
      writeText: async text => void copied.push(text),
      mention: text => void told.push(text),
      say: async text => void told.push(text),
      now: () => 0,
    })();
    return { copied, told };
  };

  test('copy the plan that is shown, and say so', async () => {
    const made = await proposal();
    assert.deepEqual(await run(copyPlanAsGraphRequests, made), {
      copied: [graphRequests(made, 0)],
      told: ['Plan copied as Graph requests'],
    });
    assert.deepEqual(await run(copyPlanAsPowerShell, made), { copied: [powerShell(made, 0)], told: ['Plan copied as PowerShell'] });
  });

  test('say what to do where no plan is shown', async () => {
    const { copied, told } = await run(copyPlanAsPowerShell, undefined);
    assert.deepEqual([copied.length, told.length], [0, 1]);
  });
});
