// Layered layout, left to right, in time O(V + E) per sweep: layers by longest path, order by medians, places by relaxation.

export const NODE = { width: 156, height: 34, gapX: 40, gapY: 12 };
/** Sweeps of ordering and of placing: more of them change pictures hardly. */
const ORDERINGS = 10;
const PLACINGS = 6;
/** Long edges are led around nodes by points of their own as long as these are not more than this. */
const MOST_BENDS = 20_000;

/**
 * @param {{id: string, dependsOn: string[]}[]} steps without a circle; unknown ids in dependsOn are ignored
 * @returns {{nodes: {id: string, x: number, y: number}[], edges: {from: string, to: string, points: number[]}[], width: number, height: number}}
 */
export function layout(steps) {
  const index = new Map(steps.map((step, at) => [step.id, at]));
  const parents = steps.map((step) => step.dependsOn.map((id) => index.get(id)).filter((at) => at !== undefined));
  const children = steps.map(() => []);
  parents.forEach((list, at) => list.forEach((parent) => children[parent].push(at)));
  const layerOf = layers(parents, children);
  const graph = withBends(steps.length, parents, layerOf);
  order(graph);
  const y = place(graph);
  return result(steps, graph, layerOf, y);
}

/** The longest way from a start; then starts are pulled to the right, next to what needs them. */
function layers(parents, children) {
  const layerOf = new Int32Array(parents.length);
  const open = Int32Array.from(parents, (list) => list.length);
  const queue = [];
  open.forEach((count, at) => count === 0 && queue.push(at));
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head];
    for (const child of children[at]) {
      layerOf[child] = Math.max(layerOf[child], layerOf[at] + 1);
      if (--open[child] === 0) queue.push(child);
    }
  }
  for (const at of queue) {
    if (parents[at].length === 0 && children[at].length) layerOf[at] = Math.max(0, Math.min(...children[at].map((child) => layerOf[child])) - 1);
  }
  return layerOf;
}

/** Cuts edges over several layers into pieces over one. */
function withBends(count, parents, layerOf) {
  let total = 0;
  parents.forEach((list, at) => list.forEach((parent) => (total += layerOf[at] - layerOf[parent] - 1)));
  const bends = total <= MOST_BENDS;
  const layer = Array.from(layerOf);
  const up = Array.from({ length: count }, () => []);
  const down = Array.from({ length: count }, () => []);
  const ways = [];
  const link = (a, b) => {
    down[a].push(b);
    up[b].push(a);
  };
  parents.forEach((list, at) => list.forEach((parent) => {
    const way = [parent];
    for (let l = layerOf[parent] + 1; bends && l < layerOf[at]; l++) {
      const bend = layer.push(l) - 1;
      up.push([]);
      down.push([]);
      link(way.at(-1), bend);
      way.push(bend);
    }
    link(way.at(-1), at);
    way.push(at);
    ways.push(way);
  }));
  const rows = Array.from({ length: Math.max(0, ...layer) + 1 }, () => []);
  layer.forEach((l, at) => rows[l].push(at));
  return { count, layer, up, down, ways, rows };
}

/** Orders each layer by the medians of its neighbours, forth and back; keeps the order with the fewest turns of edges. */
function order({ rows, up, down, layer }) {
  const rank = new Float64Array(layer.length);
  const note = (row) => row.forEach((at, place) => (rank[at] = place));
  rows.forEach(note);
  const sort = (row, neighbours) => {
    const keys = new Map(row.map((at, place) => [at, median(neighbours[at].map((each) => rank[each])) ?? place]));
    row.sort((a, b) => keys.get(a) - keys.get(b));
    note(row);
  };
  for (let sweep = 0; sweep < ORDERINGS; sweep++) {
    if (sweep % 2 === 0) for (let l = 1; l < rows.length; l++) sort(rows[l], up);
    else for (let l = rows.length - 2; l >= 0; l--) sort(rows[l], down);
  }
}

function median(values) {
  if (!values.length) return undefined;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/** Pulls each node to the median of its neighbours without overlapping those beside it. */
function place({ rows, up, down, count, layer }) {
  const y = new Float64Array(layer.length);
  const size = (at) => (at < count ? NODE.height + NODE.gapY : NODE.gapY);
  for (const row of rows) {
    let next = 0;
    for (const at of row) {
      y[at] = next + size(at) / 2;
      next += size(at);
    }
  }
  const tallest = Math.max(...rows.map((row) => row.reduce((sum, at) => sum + size(at), 0)));
  for (const row of rows) {
    const shift = (tallest - row.reduce((sum, at) => sum + size(at), 0)) / 2;
    row.forEach((at) => (y[at] += shift));
  }
  for (let sweep = 0; sweep < PLACINGS; sweep++) {
    const forth = sweep % 2 === 0;
    const sequence = forth ? rows : rows.slice().reverse();
    for (const row of sequence) settle(row, row.map((at) => median((forth ? up : down)[at].map((each) => y[each])) ?? y[at]), y, size);
  }
  const top = Math.min(...Array.from(y, (value, at) => value - size(at) / 2));
  return y.map((value) => value - top);
}

/** The places nearest to the wishes that keep order and distance: the mean of pushing down and pushing up. */
function settle(row, wishes, y, size) {
  const from = Float64Array.from(wishes);
  for (let at = 1; at < row.length; at++) from[at] = Math.max(from[at], from[at - 1] + (size(row[at - 1]) + size(row[at])) / 2);
  const back = Float64Array.from(wishes);
  for (let at = row.length - 2; at >= 0; at--) back[at] = Math.min(back[at], back[at + 1] - (size(row[at]) + size(row[at + 1])) / 2);
  row.forEach((each, at) => (y[each] = (from[at] + back[at]) / 2));
}

function result(steps, { ways, layer }, layerOf, y) {
  const x = (at) => layer[at] * (NODE.width + NODE.gapX);
  const nodes = steps.map((step, at) => ({ id: step.id, x: x(at), y: y[at] - NODE.height / 2 }));
  const edges = ways.map((way) => {
    const points = [x(way[0]) + NODE.width, y[way[0]]];
    for (const bend of way.slice(1, -1)) points.push(x(bend), y[bend], x(bend) + NODE.width, y[bend]);
    points.push(x(way.at(-1)), y[way.at(-1)]);
    return { from: steps[way[0]].id, to: steps[way.at(-1)].id, points };
  });
  const width = Math.max(...nodes.map((node) => node.x + NODE.width), 0);
  const height = Math.max(...nodes.map((node) => node.y + NODE.height), ...Array.from(y), 0);
  return { nodes, edges, width, height };
}

/** A way of soft curves through the points. */
export function curve(points) {
  let path = `M${points[0]},${points[1]}`;
  for (let at = 2; at < points.length; at += 2) {
    const [x0, y0, x1, y1] = [points[at - 2], points[at - 1], points[at], points[at + 1]];
    const middle = (x0 + x1) / 2;
    path += y0 === y1 ? `L${x1},${y1}` : `C${middle},${y0} ${middle},${y1} ${x1},${y1}`;
  }
  return path;
}
