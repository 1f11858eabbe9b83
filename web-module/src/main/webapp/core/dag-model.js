// What of a graph is drawn: above a bound, steps that stand alike are drawn as one.

export const COLLAPSE_ABOVE = 300;
const ORDER = ['FAILED', 'HELD', 'RUNNING', 'READY', 'WAITING', 'CANCELLED', 'SKIPPED', 'SUCCEEDED'];

/**
 * @typedef {{id: string, dependsOn: string[], state: string, kind: string, phase: string, members?: string[], counts?: Record<string, number>}} Shape
 * @param {Shape[]} steps
 * @param {boolean} collapsed
 * @param {Set<string>} opened groups that are shown in full
 * @returns {{shapes: Shape[], groupOf: Map<string, string>}}
 */
export function shapesOf(steps, collapsed, opened = new Set()) {
  const groupOf = new Map();
  if (!collapsed) return { shapes: steps, groupOf };
  const known = new Set(steps.map((step) => step.id));
  const children = new Map(steps.map((step) => [step.id, []]));
  for (const step of steps) for (const id of step.dependsOn) children.get(id)?.push(step.id);
  const alike = new Map();
  for (const step of steps) {
    const key = [step.phase, step.dependsOn.filter((id) => known.has(id)).sort().join(), children.get(step.id).slice().sort().join()].join('|');
    if (!alike.has(key)) alike.set(key, []);
    alike.get(key).push(step);
  }
  chains(steps, children, known, alike);
  const groups = [...alike.values()].filter((members) => members.length > 2);
  for (const members of groups) {
    const name = `${members[0].id} … ${members.at(-1).id}`;
    if (!opened.has(name)) members.forEach((member) => groupOf.set(member.id, name));
  }
  return { shapes: merged(steps, groupOf), groupOf };
}

/** Steps one after another, each with one neighbour on either side, are alike as well. */
function chains(steps, children, known, alike) {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const parentsOf = (step) => step.dependsOn.filter((id) => known.has(id));
  const inside = (step) => parentsOf(step).length === 1 && children.get(step.id).length === 1;
  const taken = new Set([...alike.values()].filter((members) => members.length > 2).flat().map((step) => step.id));
  for (const step of steps) {
    if (taken.has(step.id) || !inside(step)) continue;
    const before = byId.get(parentsOf(step)[0]);
    if (inside(before) && !taken.has(before.id)) continue;
    const chain = [];
    for (let next = step; next && inside(next) && !taken.has(next.id); next = byId.get(children.get(next.id)[0])) {
      chain.push(next);
      taken.add(next.id);
    }
    if (chain.length > 2) alike.set(`chain ${step.id}`, chain);
  }
}

function merged(steps, groupOf) {
  const shapes = new Map();
  for (const step of steps) {
    const id = groupOf.get(step.id) ?? step.id;
    const shape = shapes.get(id) ?? shapes.set(id, groupOf.has(step.id) ? { id, dependsOn: [], kind: 'GROUP', phase: step.phase, members: [], counts: {}, state: step.state } : { ...step, dependsOn: [] }).get(id);
    if (shape.members) {
      shape.members.push(step.id);
      shape.counts[step.state] = (shape.counts[step.state] ?? 0) + 1;
      if (ORDER.indexOf(step.state) < ORDER.indexOf(shape.state)) shape.state = step.state;
    }
    for (const parent of step.dependsOn) {
      const to = groupOf.get(parent) ?? parent;
      if (to !== id && !shape.dependsOn.includes(to)) shape.dependsOn.push(to);
    }
  }
  return withoutCircles([...shapes.values()]);
}

/** Joining may close a circle. A walk from the starts notices it: an edge to a step that is still on the way is left out. */
function withoutCircles(shapes) {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const onTheWay = new Set();
  const done = new Set();
  for (const root of shapes) {
    const stack = done.has(root.id) ? [] : [{ shape: root, parents: root.dependsOn.slice(), kept: [] }];
    if (stack.length) onTheWay.add(root.id);
    while (stack.length) {
      const top = stack.at(-1);
      const id = top.parents.pop();
      const parent = id === undefined ? undefined : byId.get(id);
      if (id === undefined) {
        top.shape.dependsOn = top.kept;
        onTheWay.delete(top.shape.id);
        done.add(top.shape.id);
        stack.pop();
      } else if (parent && !onTheWay.has(id)) {
        top.kept.push(id);
        if (!done.has(id)) {
          onTheWay.add(id);
          stack.push({ shape: parent, parents: parent.dependsOn.slice(), kept: [] });
        }
      }
    }
  }
  return shapes;
}

let worker = null;
let ticket = 0;
const waiting = new Map();
const kept = new Map();
/** Layouts kept: one per version of a pipeline that was looked at. */
const KEPT = 20;

/** The layout of shapes, from the worker; the same graph is laid out once. */
export function layoutOf(shapes) {
  const key = shapes.map((shape) => `${shape.id}<${shape.dependsOn.join()}`).join(';');
  const before = kept.get(key);
  if (before) return before;
  worker ??= startWorker();
  const made = new Promise((resolve) => {
    waiting.set(++ticket, resolve);
    worker.postMessage({ ticket, steps: shapes.map(({ id, dependsOn }) => ({ id, dependsOn })) });
  });
  kept.set(key, made);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  return made;
}

function startWorker() {
  const started = new Worker(new URL('./layout-worker.js', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }) => {
    waiting.get(data.ticket)?.(data.result);
    waiting.delete(data.ticket);
  });
  return started;
}
