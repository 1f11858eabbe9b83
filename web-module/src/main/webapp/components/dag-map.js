import { NODE } from '../core/dag-layout.js';
import { stateClass } from '../core/icons.js';

const NAMES = { waiting: 'queued', ready: 'queued', held: 'blocked', running: 'running', succeeded: 'succeeded', failed: 'failed', skipped: 'cancelled', cancelled: 'cancelled' };

/** Draws all of a graph small, and the part that is in sight as a frame. */
export function drawMap(map, picture, view, canvas) {
  const context = map.getContext('2d');
  const scale = Math.min(map.width / picture.width, map.height / picture.height);
  context.clearRect(0, 0, map.width, map.height);
  drawNodes(context, getComputedStyle(map), picture, { x: 0, y: 0, zoom: scale });
  context.strokeStyle = getComputedStyle(map).getPropertyValue('--ink');
  context.lineWidth = 2;
  context.strokeRect((-view.x / view.zoom) * scale, (-view.y / view.zoom) * scale, (canvas.clientWidth / view.zoom) * scale, (canvas.clientHeight / view.zoom) * scale);
}

/** Draws what is in sight from afar: thousands of nodes without names, in one go. */
export function drawFar(far, picture, view, critical) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [far.clientWidth, far.clientHeight];
  if (far.width !== Math.round(width * ratio) || far.height !== Math.round(height * ratio)) {
    far.width = Math.round(width * ratio);
    far.height = Math.round(height * ratio);
  }
  const context = far.getContext('2d');
  const style = getComputedStyle(far);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  drawEdges(context, style, picture, view, { width, height }, critical);
  drawNodes(context, style, picture, view);
}

function drawEdges(context, style, picture, { x, y, zoom }, { width, height }, critical) {
  for (const isCritical of [false, true]) {
    context.beginPath();
    for (const { from, to, points, top, box } of picture.edges) {
      if (isCritical !== (critical.has(from) && critical.has(to))) continue;
      if (box.right * zoom + x < 0 || box.left * zoom + x > width || box.bottom * zoom + y < 0 || box.top * zoom + y > height) continue;
      context.moveTo(points[0] * zoom + x, (points[1] + top) * zoom + y);
      for (let at = 2; at < points.length; at += 2) context.lineTo(points[at] * zoom + x, (points[at + 1] + top) * zoom + y);
    }
    context.strokeStyle = style.getPropertyValue(isCritical ? '--ink' : '--line-strong');
    context.lineWidth = isCritical ? 1.5 : 0.7;
    context.stroke();
  }
}

function drawNodes(context, style, picture, { x, y, zoom }) {
  const colours = new Map();
  for (const shape of picture.shapes.values()) {
    const place = picture.places.get(shape.id);
    if (!place) continue;
    const name = NAMES[stateClass(shape.state)] ?? 'queued';
    if (!colours.has(name)) colours.set(name, style.getPropertyValue(`--${name}`));
    context.fillStyle = colours.get(name);
    context.fillRect(place.x * zoom + x, place.y * zoom + y, Math.max(1.5, NODE.width * zoom), Math.max(1.5, NODE.height * zoom));
  }
}
