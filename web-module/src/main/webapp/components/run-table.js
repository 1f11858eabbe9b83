import { html, styled } from '../core/element.js';
import { to } from '../core/router.js';
import { between, count, NONE, span } from '../core/format.js';
import { ago, state } from './basics.js';
import './data-table.js';

const pipeline = { id: 'pipeline', title: 'Pipeline', cell: (run) => html`<a href=${to('runs', run.id)}>${run.pipeline}</a>` };

export const RUN_COLUMNS = [
  { id: 'state', title: 'State', width: 124, cell: (run) => state(run.state) },
  pipeline,
  { id: 'number', title: 'Run', width: 76, num: true, cell: (run) => html`<a href=${to('runs', run.id)}>#${run.number}</a>` },
  { id: 'progress', title: 'Steps', width: 170, from: 560, cell: (run) => progress(run) },
  { id: 'version', title: 'Version', width: 78, from: 900, num: true, cell: (run) => `v${run.version}` },
  { id: 'creator', title: 'By', width: 130, from: 980, cell: (run) => run.creator ?? NONE },
  { id: 'took', title: 'Took', width: 104, from: 700, num: true, cell: (run) => (run.startedAt ? span(between(run.startedAt, run.finishedAt)) : NONE) },
  { id: 'created', title: 'Created', width: 132, from: 460, num: true, cell: (run) => ago(run.createdAt) },
];
/** On the page of one pipeline its name is known. */
export const OWN_RUN_COLUMNS = RUN_COLUMNS.filter((column) => column !== pipeline).map((column) => (column.id === 'number' ? { ...column, width: undefined, num: false } : column));

const progress = (run) => html`<span class="row"><span class="meter grow ${run.failed ? 's-failed' : run.state === 'SUCCEEDED' ? 's-succeeded' : 's-running'}" role="img" aria-label="${run.ended} of ${run.steps} steps ended"><i ${styled({ '--part': run.steps ? run.ended / run.steps : 0 })}></i></span><span class="num nowrap">${count(run.ended)} / ${count(run.steps)}</span></span>`;
