// k6 run -e HODEI_URL=http://127.0.0.1:8080 -e HODEI_TOKEN=hod_... [-e SCALE=0.1] users.k6.js
import http from 'k6/http';
import { check, sleep } from 'k6';

const base = `${__ENV.HODEI_URL || 'http://127.0.0.1:8080'}/api/v1`;
const scale = Number(__ENV.SCALE || '1');
const headers = { Authorization: `Bearer ${__ENV.HODEI_TOKEN}`, 'Content-Type': 'application/json' };
const stage = (minutes, target) => ({ duration: `${Math.max(1, Math.round(minutes * 60 * scale))}s`, target });

export const options = {
  stages: [stage(2, 100), stage(5, 100), stage(2, 200), stage(5, 200), stage(1, 0)],
  thresholds: {
    'http_req_duration{name:create}': ['p(95)<500'],
    'http_req_duration{name:get}': ['p(95)<200'],
    http_req_failed: ['rate==0'],
  },
};

export default function () {
  const job = JSON.stringify({ name: 'bench-users', spec: { executor: 'noop' } });
  const created = http.post(`${base}/jobs`, job, { headers, tags: { name: 'create' } });
  if (check(created, { 'created': (answer) => answer.status === 201 })) {
    const read = http.get(`${base}/jobs/${created.json('id')}`, { headers, tags: { name: 'get' } });
    check(read, { 'read': (answer) => answer.status === 200 });
  }
  sleep(1);
}
