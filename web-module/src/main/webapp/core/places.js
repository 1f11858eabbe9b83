import { html } from './element.js';

// Every page: where it is, what it is called, what it needs, and the module that brings it.
const place = (path, title, icon, needs) => ({ path, title, icon, needs });

export const PLACES = [
  { title: '', places: [place('', 'Overview', 'overview')] },
  {
    title: 'Work',
    places: [
      place('jobs', 'Jobs', 'jobs', 'JOBS_READ'),
      place('runs', 'Runs', 'runs', 'RUNS_READ'),
      place('pipelines', 'Pipelines', 'pipelines', 'PIPELINES_READ'),
      place('schedules', 'Schedules', 'schedules', 'SCHEDULES_READ'),
      place('templates', 'Templates', 'templates', 'TEMPLATES_READ'),
      place('prompts', 'Prompts', 'prompts', 'TEMPLATES_READ'),
    ],
  },
  {
    title: 'Machines',
    places: [
      place('agents', 'Agents', 'agents', 'AGENTS_READ'),
      place('pools', 'Pools', 'pools', 'POOLS_READ'),
      place('cluster', 'Cluster', 'cluster', 'CONFIG_READ'),
      place('profiles', 'Profiles', 'profiles', 'CONFIG_READ'),
    ],
  },
  {
    title: 'Administration',
    places: [
      place('audit', 'Audit', 'audit', 'AUDIT_READ'),
      place('access', 'Tokens', 'access', 'TOKENS_READ'),
      place('tenants', 'Tenants', 'tenants', 'INSTALLATION_MANAGE'),
    ],
  },
];

const page = (tag, module, view) => ({ tag, module, view });
const PAGES = {
  '': page('hodei-overview', () => import('../pages/overview.js'), (r) => html`<hodei-overview .route=${r}></hodei-overview>`),
  jobs: page('hodei-jobs', () => import('../pages/jobs.js'), (r) => html`<hodei-jobs class="fill" .route=${r}></hodei-jobs>`),
  'jobs/': page('hodei-job', () => import('../pages/job.js'), (r) => html`<hodei-job .route=${r}></hodei-job>`),
  runs: page('hodei-runs', () => import('../pages/runs.js'), (r) => html`<hodei-runs class="fill" .route=${r}></hodei-runs>`),
  'runs/': page('hodei-run', () => import('../pages/run.js'), (r) => html`<hodei-run class="wide" .route=${r}></hodei-run>`),
  pipelines: page('hodei-pipelines', () => import('../pages/pipelines.js'), (r) => html`<hodei-pipelines .route=${r}></hodei-pipelines>`),
  'pipelines/': page('hodei-pipeline', () => import('../pages/pipeline.js'), (r) => html`<hodei-pipeline .route=${r}></hodei-pipeline>`),
  schedules: page('hodei-schedules', () => import('../pages/schedules.js'), (r) => html`<hodei-schedules .route=${r}></hodei-schedules>`),
  'schedules/': page('hodei-schedule', () => import('../pages/schedule.js'), (r) => html`<hodei-schedule .route=${r}></hodei-schedule>`),
  templates: page('hodei-templates', () => import('../pages/templates.js'), (r) => html`<hodei-templates .route=${r}></hodei-templates>`),
  'templates/': page('hodei-template', () => import('../pages/template.js'), (r) => html`<hodei-template .route=${r}></hodei-template>`),
  prompts: page('hodei-templates', () => import('../pages/templates.js'), (r) => html`<hodei-templates .route=${r}></hodei-templates>`),
  'prompts/': page('hodei-template', () => import('../pages/template.js'), (r) => html`<hodei-template .route=${r}></hodei-template>`),
  agents: page('hodei-agents', () => import('../pages/agents.js'), (r) => html`<hodei-agents .route=${r}></hodei-agents>`),
  'agents/': page('hodei-agent', () => import('../pages/agent.js'), (r) => html`<hodei-agent .route=${r}></hodei-agent>`),
  pools: page('hodei-pools', () => import('../pages/pools.js'), (r) => html`<hodei-pools .route=${r}></hodei-pools>`),
  cluster: page('hodei-cluster', () => import('../pages/cluster.js'), (r) => html`<hodei-cluster .route=${r}></hodei-cluster>`),
  profiles: page('hodei-profiles', () => import('../pages/profiles.js'), (r) => html`<hodei-profiles .route=${r}></hodei-profiles>`),
  audit: page('hodei-audit', () => import('../pages/audit.js'), (r) => html`<hodei-audit class="fill" .route=${r}></hodei-audit>`),
  access: page('hodei-access', () => import('../pages/access.js'), (r) => html`<hodei-access .route=${r}></hodei-access>`),
  tenants: page('hodei-tenants', () => import('../pages/tenants.js'), (r) => html`<hodei-tenants .route=${r}></hodei-tenants>`),
};
const NOWHERE = {
  tag: 'hodei-problem', title: 'Nothing here', module: async () => {},
  view: () => html`<div class="empty"><h1>There is no page here</h1><p>Press <kbd>Ctrl K</kbd> to find what you look for, or go to the <a href="#/">overview</a>.</p></div>`,
};

/** @param {import('./router.js').Route} route */
export function pageOf(route) {
  const [first = '', second] = route.parts;
  if (first === 'login') return pageOf({ ...route, parts: [] });
  const found = PAGES[second === undefined ? first : `${first}/`];
  if (!found) return NOWHERE;
  const title = PLACES.flatMap((group) => group.places).find((each) => each.path === first)?.title;
  return { ...found, title };
}
