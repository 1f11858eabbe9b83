async () => {
  const { layout, NODE } = await import('./core/dag-layout.js');
  const { shapesOf } = await import('./core/dag-model.js');
  const { parseJobFilter } = await import('./core/filter.js');
  const { parseAnsi, plain } = await import('./core/ansi.js');
  const { EventParser } = await import('./core/sse.js');
  const { duration, span } = await import('./core/format.js');
  const wrong = [];
  const expect = (what, is, wanted) => JSON.stringify(is) === JSON.stringify(wanted) || wrong.push(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`);
  let seed = 7;
  const random = (below) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % below;

  for (let round = 0; round < 200; round++) {
    const steps = Array.from({ length: 2 + random(120) }, (_, at) => ({
      id: `s${at}`, state: 'WAITING', kind: 'JOB', phase: 'MAIN',
      dependsOn: [...new Set(Array.from({ length: at && random(4) }, () => `s${random(at)}`))],
    }));
    const { nodes, height } = layout(steps);
    const places = new Map(nodes.map((node) => [node.id, node]));
    for (const step of steps) for (const before of step.dependsOn) if (places.get(before).x >= places.get(step.id).x) wrong.push(`round ${round}: ${step.id} is not right of ${before}`);
    for (const a of nodes) {
      if (a.y < -0.01 || a.y + NODE.height > height + 0.01) wrong.push(`round ${round}: ${a.id} is outside`);
      for (const b of nodes) if (a.id < b.id && a.x === b.x && Math.abs(a.y - b.y) < NODE.height) wrong.push(`round ${round}: ${a.id} and ${b.id} overlap`);
    }
    const { shapes } = shapesOf(steps, true);
    const done = new Set();
    for (let grown = true; grown; ) {
      grown = false;
      for (const shape of shapes) if (!done.has(shape.id) && shape.dependsOn.every((id) => done.has(id))) grown = Boolean(done.add(shape.id));
    }
    if (done.size !== shapes.length) wrong.push(`round ${round}: joining made a circle`);
  }
  const fan = [{ id: 'a', dependsOn: [], phase: 'MAIN', state: 'SUCCEEDED' }, ...Array.from({ length: 400 }, (_, at) => ({ id: `f${at}`, dependsOn: ['a'], phase: 'MAIN', state: at === 5 ? 'FAILED' : 'SUCCEEDED' }))];
  expect('a fan is one shape with the worst state', shapesOf(fan, true).shapes.map((shape) => [shape.state, shape.members?.length ?? 1]), [['SUCCEEDED', 1], ['FAILED', 400]]);

  const now = Date.parse('2026-11-21T12:00:00Z');
  expect('a filter', parseJobFilter('state:failed,timed-out name:nightly* label.team=pay created:>-1h pool:x', now).query, { state: ['FAILED', 'TIMED_OUT'], name: 'nightly*', label: ['team:pay'], from: '2026-11-21T11:00:00.000Z', pool: 'x' });
  expect('a word', parseJobFilter('"two words"', now).query, { name: 'two words*' });
  for (const term of ['foo:bar', 'created:yesterday', 'state:gone', 'started:>-1h', 'name:']) expect(`${term} is refused`, [...parseJobFilter(term, now).errors.keys()], [term]);
  expect('states that exclude each other', parseJobFilter('state:failed state:succeeded', now).errors.size, 1);

  expect('colours', parseAnsi('\x1b[1;31mred\x1b[0m <b>'), [{ text: 'red', cls: 'a-f-1 a-bold' }, { text: ' <b>', cls: '' }]);
  expect('only known classes', parseAnsi('\x1b[31;"><script>mx').every((piece) => /^[a-z0-9 -]*$/.test(piece.cls)), true);
  expect('a title is dropped', plain('\x1b]0;title\x07x\x1b[2Jy'), 'xy');
  expect('the last of what overwrites itself', plain('10%\r50%\r100%'), '100%');
  expect('pieces are bounded', parseAnsi('\x1b[31mx'.repeat(5000)).length <= 202, true);
  expect('text does not turn its direction', plain('a\u202eb').includes('\u202e'), false);

  const events = [];
  const parser = new EventParser((event) => events.push(event));
  [...'id: 1\ndata: a\ndata: b\n\n: heartbeat\n\nevent: log\r\nid: 2\r\ndata: c\r\n\r\ndata: half'].forEach((char) => parser.push(char));
  expect('events cut anywhere', events, [{ id: '1', type: 'message', data: 'a\nb' }, { id: '2', type: 'log', data: 'c' }]);
  expect('durations', [duration('PT1H30M'), duration('P1DT2S'), duration('PT0.25S'), span(65_000)], [5_400_000, 86_402_000, 250, '1 m 05 s']);
  return wrong;
}
