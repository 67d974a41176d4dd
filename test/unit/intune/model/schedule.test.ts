import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { hasPassedHere, type Schedule, scheduleFromWire, scheduleProblem, scheduleToWire } from '../../../../src/intune/model/schedule.ts';
import { draftOf, parseDate, parseInterval, parseTime, scheduleOf } from '../../../../src/intune/model/scheduleDraft.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
const daily = (interval: number, time = '09:00:00'): Schedule => ({ kind: 'daily', interval, time, utc: false });
const once = (date: string, time = '09:00:00', utc = false): Schedule => ({ kind: 'once', date, time, utc });

describe('a schedule can be written', () => {
  const problems: readonly (readonly [Schedule, ReturnType<typeof scheduleProblem>])[] = [
    [{ kind: 'hourly', interval: 1 }, undefined],
    [{ kind: 'hourly', interval: 23 }, undefined],
    [{ kind: 'hourly', interval: 24 }, 'interval'],
    [{ kind: 'hourly', interval: 0 }, 'interval'],
    [{ kind: 'hourly', interval: 1.5 }, 'interval'],
    [daily(1), undefined],
    [daily(0), 'interval'],
    [daily(1, '24:00:00'), 'time'],
    [once('2028-02-29'), undefined],
    [once('2027-02-29'), 'date'],
    [once('soon'), 'date'],
    [once('2026-06-01', '11:59:00', true), 'past'],
    [once('2026-06-01', '12:01:00', true), undefined],
    // At UTC−12 it is midnight: what is said in device time is over only when it is over there.
    [once('2026-06-01', '00:01:00'), undefined],
    [once('2026-05-31', '23:59:00'), 'past'],
  ];
  for (const [schedule, problem] of problems) {
    test(`${JSON.stringify(schedule)}: ${problem ?? 'yes'}`, () => assert.equal(scheduleProblem(schedule, now), problem));
  }
});

test('times are taken as people type them', () => {
  const typed = {
    '9': '09:00:00',
    ' 09:30 ': '09:30:00',
    '9.30': '09:30:00',
    '21:30:15': '21:30:15',
    '9:30 pm': '21:30:00',
    '12 am': '00:00:00',
    '12PM': '12:00:00',
    '0:00': '00:00:00',
  };
  for (const [text, time] of Object.entries(typed)) assert.equal(parseTime(text), time, text);
  for (const text of ['', '24:00', '9:60', '13 pm', '0 am', '9:3', 'noon', '-1', '09:00Z']) assert.equal(parseTime(text), undefined, text);
});

test('dates are days of the calendar, in one order', () => {
  assert.equal(parseDate(' 2026-6-1 '), '2026-06-01');
  assert.equal(parseDate('2026-12-31'), '2026-12-31');
  for (const text of ['', '31.12.2026', '12/31/2026', '2026-02-30', '2026-13-01', '26-12-31', 'tomorrow'])
    assert.equal(parseDate(text), undefined, text);
});

test('intervals are whole numbers within their limits', () => {
  assert.equal(parseInterval(' 23 ', 23), 23);
  for (const text of ['', '0', '24', '1.5', '-1', '1e1', 'two', '0x1']) assert.equal(parseInterval(text, 23), undefined, text);
});

test('what is typed can be written, and means on the wire what it meant', () => {
  const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => parseTime(`${hour}:${String(minute).padStart(2, '0')}`) ?? '');
  const date = fc.date({ min: new Date('2027-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  const schedule = fc.oneof(
    fc.integer({ min: 1, max: 23 }).map((interval): Schedule => ({ kind: 'hourly', interval })),
    fc.record(
      { kind: fc.constant('daily' as const), interval: fc.integer({ min: 1, max: 999 }), time, utc: fc.boolean() },
      { noNullPrototype: true },
    ),
    fc.record(
      { kind: fc.constant('once' as const), date: date.map(day => day.toISOString().slice(0, 10)), time, utc: fc.boolean() },
      { noNullPrototype: true },
    ),
  );
  fc.assert(
    fc.property(schedule, one => {
      assert.equal(scheduleProblem(one, now), undefined);
      assert.deepEqual(scheduleFromWire(scheduleToWire(one)), one);
      assert.deepEqual(scheduleOf(draftOf(one, now)), one);
    }),
  );
});

describe('the clock of this computer', () => {
  const zone = process.env['TZ'];
  const at = (moment: string): number => Date.parse(moment);
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  test('tells a time of the devices near it that is behind them', () => {
    process.env['TZ'] = 'Europe/Berlin';
    const afternoon = at('2026-06-01T13:00:00Z');
    assert.ok(hasPassedHere(once('2026-06-01', '09:00:00'), afternoon));
    for (const ahead of [once('2026-06-01', '15:01:00'), once('2026-06-01', '09:00:00', true), once('2026-05-01')])
      assert.ok(!hasPassedHere(ahead, afternoon));
  });

  test('and UTC have not begun the day that is offered first', () => {
    for (const [tz, moment, date] of [
      ['Australia/Sydney', '2026-06-01T22:00:00Z', '2026-06-03'],
      ['Australia/Sydney', '2026-06-01T10:00:00Z', '2026-06-02'],
      ['America/Los_Angeles', '2026-06-02T05:00:00Z', '2026-06-03'],
    ] as const) {
      process.env['TZ'] = tz;
      assert.equal(draftOf(daily(1), at(moment)).date, date, `${tz} ${moment}`);
    }
  });
});

test('a date that has passed is not offered again', () => {
  const draft = draftOf(once('2020-01-01', '22:00:00', true), now);
  assert.deepEqual(scheduleOf(draft), once('2026-06-02', '22:00:00', true));
});
