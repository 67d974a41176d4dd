import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSchedule, type Schedule } from '../../../src/intune/model/schedule.ts';
import { askSchedule } from '../../../src/ui/schedulePicker.ts';
import { answering, back, enter, leave, type Reply } from './answers.ts';

const now = Date.parse('2026-06-01T12:00:00Z');

async function ask(current: Schedule, ...replies: readonly Reply[]) {
  const questions = answering(...replies);
  const answer = await askSchedule({ ...questions, title: 'Schedule', current, now });
  return { ...questions, schedule: answer?.kind === 'picked' ? answer.value : answer };
}

test('Enter all the way keeps what there is', async () => {
  const { schedule, asked } = await ask(defaultSchedule, enter, enter, enter, enter);
  assert.deepEqual(schedule, defaultSchedule);
  assert.deepEqual(asked, [
    'How often does it run? (1/4): Daily | Hourly | Once',
    'Days from one run to the next (1 is every day) (2/4): 1',
    'Time of the day (3/4): 09:00',
    'Whose 09:00 is meant? (4/4): Device time | UTC',
  ]);
  const hourly: Schedule = { kind: 'hourly', interval: 8 };
  assert.deepEqual((await ask(hourly, enter, enter)).schedule, hourly);
});

test('any schedule can be made, and what cannot be is said as it is typed', async () => {
  const hourly = await ask(defaultSchedule, 'Hourly', '24', '4');
  assert.deepEqual(hourly.schedule, { kind: 'hourly', interval: 4 });
  assert.deepEqual(hourly.said, ['Enter a whole number from 1 to 23.']);

  const once = await ask({ kind: 'hourly', interval: 4 }, 'Once', '2026-02-30', '2026-05-30', '2026-6-3', '9:99', '9:30 pm', 'UTC');
  assert.deepEqual(once.schedule, { kind: 'once', date: '2026-06-03', time: '21:30:00', utc: true });
  assert.deepEqual(once.said, [
    'Enter a date as year, month and day, such as 2026-06-02.',
    'This date has passed.',
    'Enter a time, such as 09:00 or 21:30.',
  ]);
});

test('a run that is over in UTC is offered in device time alone', async () => {
  const { schedule, asked, said } = await ask(defaultSchedule, 'Once', '2026-06-01', '10:00', enter);
  assert.deepEqual(schedule, { kind: 'once', date: '2026-06-01', time: '10:00:00', utc: false });
  assert.equal(asked.at(-1), 'Whose 10:00 is meant? (4/4): Device time');
  assert.deepEqual(said, []);
  const late = await ask(defaultSchedule, 'Once', '2026-05-31', '2026-06-01', '0:00', enter);
  assert.deepEqual(late.said, ['This date has passed.']);
});

test('back leads to the question before, which remembers', async () => {
  const { schedule, asked } = await ask(defaultSchedule, enter, '3', back, enter, '7:15', enter);
  assert.deepEqual(schedule, { kind: 'daily', interval: 3, time: '07:15:00', utc: false });
  assert.equal(asked[3], 'Days from one run to the next (1 is every day) (2/4): 3');
});

test('leaving at any step answers nothing', async () => {
  const ways: readonly (readonly Reply[])[] = [[leave], [enter, leave], [enter, enter, leave], [enter, enter, enter, leave]];
  for (const replies of ways) {
    assert.equal((await ask(defaultSchedule, ...replies)).schedule, undefined);
  }
});
